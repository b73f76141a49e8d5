package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ucf101Test {
  private final DataTree tree;
  private final Path lists;

  Ucf101Test(@TempDir Path folder) throws Exception {
    tree = new DataTree(folder);
    lists = tree.folder("ucfTrainTestlist");
  }

  @BeforeEach
  void layOut() throws Exception {
    tree.text("ucfTrainTestlist/classInd.txt", "1 Archery", "2 YoYo");
    tree.videos("UCF-101/Archery/v_Archery_g01_c01.avi", "UCF-101/Archery/v_Archery_g08_c01.avi");
    tree.videos("UCF-101/YoYo/v_YoYo_g01_c01.avi", "UCF-101/YoYo/v_YoYo_g08_c01.avi");
    tree.text(
        "ucfTrainTestlist/trainlist01.txt",
        "YoYo/v_YoYo_g08_c01.avi 2",
        "Archery/v_Archery_g08_c01.avi 1");
    tree.text("ucfTrainTestlist/testlist01.txt", "Archery/v_Archery_g01_c01.avi");
    tree.text("ucfTrainTestlist/testlist02.txt", "YoYo/v_YoYo_g01_c01.avi");
  }

  @Test
  void folder_givesThePartAndSplitAskedFor() throws Exception {
    LabelledVideos train = LabelledVideos.read(lists, null, ReadOptions.TRAINING);
    assertThat(train.classes().names()).containsExactly("Archery", "YoYo");
    assertThat(train.labels()).containsExactly(1, 0);
    LabelledVideos second = LabelledVideos.read(lists, null, ReadOptions.TESTING.withSplit(2));
    assertThat(second.manifest().entries())
        .extracting(Entry::name)
        .containsExactly("YoYo/v_YoYo_g01_c01.avi");
    assertThat(second.labels()).containsExactly(1);
  }

  @Test
  void list_namesItsOwnPartAndSplit() throws Exception {
    Path list = lists.resolve("testlist01.txt");
    assertThat(
            LabelledVideos.read(list, null, ReadOptions.TRAINING.withAllowEmptyClasses(true))
                .labels())
        .containsExactly(0);
    assertThatThrownBy(() -> LabelledVideos.read(list, null, ReadOptions.TESTING.withSplit(2)))
        .isInstanceOf(DataException.class)
        .hasMessage(list + ": not a list of split 2");
  }

  @Test
  void givenClasses_decideTheLabels() throws Exception {
    ClassNames classes = new ClassNames(List.of("YoYo", "Archery"));
    assertThat(LabelledVideos.read(lists, classes, ReadOptions.TRAINING).labels())
        .containsExactly(0, 1);
  }

  @Test
  void convertedVideos_flatInAnotherFolder_areFound() throws Exception {
    Path file = tree.video("small/v_Archery_g01_c01.mp4");
    ReadOptions options = ReadOptions.TESTING.withVideos(tree.folder("small"));
    assertThat(LabelledVideos.read(lists, null, options).manifest().entries().get(0).file())
        .isEqualTo(file);
  }

  @Test
  void faults_areNamedWithTheirLine() throws Exception {
    assertThatThrownBy(() -> train("Archery/v_Archery_g08_c01.avi 2"))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("trainlist01.txt, line 1: the number is 2, but Archery has 1");
    assertThatThrownBy(() -> train("", "Boxing/v_Boxing_g08_c01.avi 2"))
        .hasMessageContaining("trainlist01.txt, line 2: class 'Boxing' is not in the class list");
    assertThatThrownBy(() -> train("v_Archery_g08_c01.avi"))
        .hasMessageContaining("line 1: must be 'Class/video.avi' and a number");
    assertThatThrownBy(() -> train("Archery/v_Archery_g99_c01.avi 1"))
        .hasMessageContaining("line 1: no such video: Archery/v_Archery_g99_c01.avi");
    assertThatThrownBy(() -> LabelledVideos.read(lists, null, ReadOptions.TRAINING.withSplit(3)))
        .hasMessageEndingWith("trainlist03.txt: no such list of UCF101");
    assertThatThrownBy(() -> LabelledVideos.read(lists, null, ReadOptions.TRAINING.withSplit(4)))
        .hasMessageEndingWith("split 4 was asked for, but the layout ucf101 has 3");
  }

  private void train(String... lines) throws Exception {
    tree.text("ucfTrainTestlist/trainlist01.txt", lines);
    LabelledVideos.read(lists, null, ReadOptions.TRAINING);
  }
}

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

class Hmdb51Test {
  private final DataTree tree;
  private final Path lists;

  Hmdb51Test(@TempDir Path folder) throws Exception {
    tree = new DataTree(folder);
    lists = tree.folder("testTrainMulti_7030_splits");
  }

  @BeforeEach
  void layOut() throws Exception {
    tree.videos("hmdb51_org/brush_hair/a_0.avi", "hmdb51_org/brush_hair/b_0.avi");
    tree.videos("hmdb51_org/clap/#20_Rhythm_clap_0.avi", "hmdb51_org/clap/c(1)_0.avi");
    list("brush_hair_test_split1.txt", "a_0.avi 1 ", "b_0.avi 2 ", "unused_0.avi 0 ");
    list("clap_test_split1.txt", "#20_Rhythm_clap_0.avi 1 ", "c(1)_0.avi 2 ");
    list("brush_hair_test_split2.txt", "b_0.avi 1 ");
    list("clap_test_split2.txt", "c(1)_0.avi 1 ");
  }

  private void list(String name, String... lines) throws Exception {
    tree.text("testTrainMulti_7030_splits/" + name, lines);
  }

  @Test
  void folder_givesThePartAndSplitAskedFor() throws Exception {
    LabelledVideos train = LabelledVideos.read(lists, null, ReadOptions.TRAINING);
    assertThat(train.classes().names()).containsExactly("brush_hair", "clap");
    assertThat(train.manifest().entries())
        .extracting(Entry::name)
        .containsExactly("brush_hair/a_0.avi", "clap/#20_Rhythm_clap_0.avi");
    assertThat(train.labels()).containsExactly(0, 1);
    assertThat(names(ReadOptions.TESTING)).containsExactly("brush_hair/b_0.avi", "clap/c(1)_0.avi");
    assertThat(names(ReadOptions.TRAINING.withSplit(2)))
        .containsExactly("brush_hair/b_0.avi", "clap/c(1)_0.avi");
  }

  private List<String> names(ReadOptions options) throws Exception {
    return LabelledVideos.read(lists, null, options).manifest().entries().stream()
        .map(Entry::name)
        .toList();
  }

  @Test
  void splitsOfOtherNumbers_orNone_areRefused() {
    assertThatThrownBy(() -> names(ReadOptions.TRAINING.withSplit(3)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(lists + ": no list of split 3");
  }

  @Test
  void oneClassList_isNoDataSet() {
    Path list = lists.resolve("clap_test_split1.txt");
    assertThatThrownBy(() -> LabelledVideos.read(list, null, ReadOptions.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(list + ": HMDB51 has a list for each class");
  }

  @Test
  void faults_areNamedWithTheirLine() throws Exception {
    list("clap_test_split1.txt", "c(1)_0.avi 1", "d_0.avi 3");
    assertThatThrownBy(() -> names(ReadOptions.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "clap_test_split1.txt, line 2: must be 'video.avi' and 0, 1 or 2, got 'd_0.avi 3'");
    list("clap_test_split1.txt", "gone_0.avi 1");
    assertThatThrownBy(() -> names(ReadOptions.TRAINING))
        .hasMessageContaining("clap_test_split1.txt, line 1: no such video: clap/gone_0.avi");
    ClassNames one = new ClassNames(List.of("brush_hair"));
    assertThatThrownBy(() -> LabelledVideos.read(lists, one, ReadOptions.TRAINING))
        .hasMessageContaining("clap_test_split1.txt: class 'clap' is not in the class list");
  }
}

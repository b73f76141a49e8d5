package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.DataException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLayoutTest {
  private final DataTree tree;

  DataLayoutTest(@TempDir Path folder) {
    tree = new DataTree(folder);
  }

  @Test
  void files_areRecognisedByNameOrFirstLine() throws Exception {
    assertThat(DataLayout.recognise(tree.text("train.csv", "a.mp4,0"))).isEqualTo(DataLayout.LIST);
    assertThat(DataLayout.recognise(tree.text("empty.csv"))).isEqualTo(DataLayout.LIST);
    assertThat(
            DataLayout.recognise(tree.text("k.csv", "label,youtube_id,time_start,time_end,split")))
        .isEqualTo(DataLayout.KINETICS);
    assertThat(DataLayout.recognise(tree.text("train.json", "[]")))
        .isEqualTo(DataLayout.SOMETHING_V2);
    assertThat(DataLayout.recognise(tree.text("answers.csv", "1420;Moving something up")))
        .isEqualTo(DataLayout.SOMETHING_V2);
    assertThat(DataLayout.recognise(tree.text("testlist03.txt", "A/v_A_g01_c01.avi")))
        .isEqualTo(DataLayout.UCF101);
    assertThat(DataLayout.recognise(tree.text("clap_test_split1.txt", "x.avi 1")))
        .isEqualTo(DataLayout.HMDB51);
  }

  @Test
  void folders_areRecognisedByWhatTheyHold() throws Exception {
    tree.text("ucf/classInd.txt", "1 Archery");
    tree.text("hmdb/clap_test_split1.txt", "x.avi 1");
    tree.videos("imagenet/n01440764/a.JPEG", "imagenet/n01443537/b.JPEG", "other/n01440764/a.mp4");
    tree.videos("other/clap/b.mp4");
    assertThat(DataLayout.recognise(tree.folder("ucf"))).isEqualTo(DataLayout.UCF101);
    assertThat(DataLayout.recognise(tree.folder("hmdb"))).isEqualTo(DataLayout.HMDB51);
    assertThat(DataLayout.recognise(tree.folder("imagenet"))).isEqualTo(DataLayout.IMAGENET);
    assertThat(DataLayout.recognise(tree.folder("other"))).isEqualTo(DataLayout.CLASS_FOLDERS);
  }

  @Test
  void splits_areThreeWhereThePublishersMadeThree() {
    assertThat(DataLayout.UCF101.splits()).isEqualTo(3);
    assertThat(DataLayout.HMDB51.splits()).isEqualTo(3);
    assertThat(DataLayout.KINETICS.splits()).isEqualTo(1);
  }

  @Test
  void layout_thatIsNotWhatWasSaid_isRefused() throws Exception {
    Path list = tree.text("list.csv", "a.mp4 0");
    Path folder = tree.folder("nothing");
    for (DataLayout layout :
        new DataLayout[] {
          DataLayout.CLASS_FOLDERS,
          DataLayout.IMAGENET,
          DataLayout.KINETICS,
          DataLayout.SOMETHING_V2,
          DataLayout.UCF101,
          DataLayout.HMDB51
        }) {
      ReadOptions options = ReadOptions.TRAINING.withLayout(layout);
      assertThatThrownBy(() -> LabelledVideos.read(list, null, options))
          .as(layout.word())
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(tree.root().toString());
      assertThatThrownBy(() -> LabelledVideos.read(folder, null, options))
          .as(layout.word())
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(folder.toString());
    }
    ReadOptions options = ReadOptions.TRAINING.withLayout(DataLayout.LIST);
    assertThatThrownBy(() -> LabelledVideos.read(folder, null, options))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder + ": not a list");
  }
}

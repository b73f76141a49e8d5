package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KineticsTest {
  private static final String HEADER = "label,youtube_id,time_start,time_end,split,is_cc";

  private final DataTree tree;

  KineticsTest(@TempDir Path folder) {
    tree = new DataTree(folder);
  }

  private static LabelledVideos read(Path table) throws Exception {
    return LabelledVideos.read(table, null, ReadOptions.TESTING);
  }

  @Test
  void videos_flatInClassFoldersOrUnderTheirId_areFound() throws Exception {
    tree.videos("flat--0_000001_000011.mp4", "abseiling/in_class_000020_000030.mp4");
    tree.videos(
        "air_drumming/underscore_000000_000010.mkv", "air drumming/blank_000002_000012.mp4");
    tree.videos("val/air drumming/in_part_000003_000013.mp4", "---QUuC4vJs.mp4");
    Path table =
        tree.text(
            "annotations/val.csv",
            HEADER,
            "abseiling,flat--0,1,11,validate,0",
            "abseiling,in_class,20,30,validate,0",
            "air drumming,underscore,0,10,validate,0",
            "air drumming,blank,2.0,12.0,validate,1",
            "air drumming,in_part,3,13,validate,1",
            "testifying,---QUuC4vJs,84,94,validate,1");
    LabelledVideos videos = read(table);
    assertThat(videos.classes().names()).containsExactly("abseiling", "air drumming", "testifying");
    assertThat(videos.labels()).containsExactly(0, 0, 1, 1, 1, 2);
    assertThat(videos.manifest().entries())
        .extracting(Entry::name)
        .contains("flat--0_000001_000011", "---QUuC4vJs_000084_000094");
    assertThat(videos.manifest().entries())
        .extracting(e -> tree.root().relativize(e.file()).toString())
        .containsExactly(
            "flat--0_000001_000011.mp4",
            "abseiling/in_class_000020_000030.mp4",
            "air_drumming/underscore_000000_000010.mkv",
            "air drumming/blank_000002_000012.mp4",
            "val/air drumming/in_part_000003_000013.mp4",
            "---QUuC4vJs.mp4");
  }

  @Test
  void trimmedClip_isPreferredToTheWholeVideo() throws Exception {
    tree.videos("abc.mp4", "abc_000001_000011.mp4");
    Path table = tree.text("train.csv", HEADER, "clapping,abc,1,11,train,0");
    assertThat(read(table).manifest().entries().get(0).file()).hasFileName("abc_000001_000011.mp4");
  }

  @Test
  void columns_inAnotherOrderQuotedAndFewer_areReadByName() throws Exception {
    tree.video("abc_000001_000011.mp4");
    Path table =
        tree.text(
            "k700.csv",
            "youtube_id,label,time_start,time_end",
            "abc,\"tying knot (not on a tie), \"\"loosely\"\"\",1,11");
    assertThat(read(table).classes().names())
        .containsExactly("tying knot (not on a tie), \"loosely\"");
  }

  @Test
  void givenClasses_decideTheLabels_andRefuseOthersWithTheLine() throws Exception {
    tree.videos("abc_000001_000011.mp4", "def_000001_000011.mp4");
    Path table = tree.text("val.csv", HEADER, "zumba,abc,1,11,val,0", "abseiling,def,1,11,val,0");
    ClassNames both = new ClassNames(List.of("zumba", "abseiling"));
    assertThat(LabelledVideos.read(table, both, ReadOptions.TESTING).labels())
        .containsExactly(0, 1);
    ClassNames one = new ClassNames(List.of("zumba"));
    assertThatThrownBy(() -> LabelledVideos.read(table, one, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(table + ", line 3: class 'abseiling' is not in the class list");
  }

  @Test
  void missingVideo_isNamedWithItsLine() throws Exception {
    Path table = tree.text("val.csv", HEADER, "zumba,abc,1,11,val,0");
    assertThatThrownBy(() -> read(table))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(table + ", line 2: no such video: abc_000001_000011");
  }

  @Test
  void tableThatIsNotAsPublished_isNamedWithItsLine() throws Exception {
    assertThatThrownBy(() -> read(tree.text("val.csv", HEADER, "zumba,abc,1,11,val")))
        .hasMessageEndingWith("val.csv, line 2: has 5 fields, the header 6");
    assertThatThrownBy(() -> read(tree.text("val.csv", HEADER, "zumba,abc,one,11,val,0")))
        .hasMessageEndingWith("line 2: time_start must be whole seconds, got 'one'");
    assertThatThrownBy(() -> read(tree.text("val.csv", HEADER, ",abc,1,11,val,0")))
        .hasMessageEndingWith("line 2: label and youtube_id must not be empty");
    assertThatThrownBy(() -> read(tree.text("val.csv", HEADER)))
        .hasMessageEndingWith("val.csv: the table has a header and no clip");
    assertThatThrownBy(() -> read(tree.text("test.csv", "youtube_id,time_start,time_end,split")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1: has no column label");
  }
}

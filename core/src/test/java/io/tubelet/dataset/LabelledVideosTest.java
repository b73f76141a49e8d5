package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold of any labelled data set, shown with {@code path label} lists. */
class LabelledVideosTest {
  private static final ClassNames THREE = new ClassNames(List.of("catch", "clap", "climb"));

  private final DataTree tree;

  LabelledVideosTest(@TempDir Path folder) throws Exception {
    tree = new DataTree(folder);
    tree.videos("a.mp4", "b.mp4", "c.mp4");
  }

  private Path list(String... lines) throws Exception {
    return tree.text("train.csv", lines);
  }

  @Test
  void list_commaBlankOrTab_givesLabels() throws Exception {
    LabelledVideos videos =
        LabelledVideos.read(
            list("a.mp4,2", "b.mp4 0", "c.mp4\t1", "a.mp4 2"), THREE, ReadOptions.TRAINING);
    assertThat(videos.labels()).containsExactly(2, 0, 1, 2);
    assertThat(videos.clipsPerClass()).containsExactly(1, 1, 2);
    assertThat(videos.classes()).isSameAs(THREE);
    assertThat(videos.listed()).isEqualTo(4);
  }

  @Test
  void classes_notGiven_areAsManyAsTheLabelsNeed() throws Exception {
    LabelledVideos videos =
        LabelledVideos.read(list("a.mp4 1", "b.mp4 0", "c.mp4 2"), null, ReadOptions.TRAINING);
    assertThat(videos.classes().names()).containsExactly("0", "1", "2");
  }

  @Test
  void label_outsideTheClassList_isNamedWithItsLine() throws Exception {
    Path list = list("a.mp4 0", "# a comment", "b.mp4 3");
    assertThatThrownBy(() -> LabelledVideos.read(list, THREE, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessage(
            list + ", line 3: the label of b.mp4 is 3, but the class list has 3 classes, 0 to 2");
    Path negative = list("a.mp4 -1");
    assertThatThrownBy(() -> LabelledVideos.read(negative, null, ReadOptions.TESTING))
        .hasMessageStartingWith(negative + ", line 1: the label of a.mp4 is -1");
  }

  @Test
  void label_absurdWithoutClassList_isRefusedBeforeItsClassesAreMade() throws Exception {
    Path list = list("a.mp4 0", "b.mp4 999999999");
    assertThatThrownBy(() -> LabelledVideos.read(list, null, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("999999999");
  }

  @Test
  void label_absent_isNamedWithItsLine() throws Exception {
    Path list = list("a.mp4 0", "b.mp4");
    assertThatThrownBy(() -> LabelledVideos.read(list, THREE, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(list + ", line 2: b.mp4 has no label");
  }

  @Test
  void emptyClass_isNamedInTrainingAndAllowedInTesting() throws Exception {
    Path list = list("a.mp4 0", "b.mp4 2");
    assertThatThrownBy(() -> LabelledVideos.read(list, THREE, ReadOptions.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(list + ": class 1 'clap' has no clip");
    assertThatThrownBy(() -> LabelledVideos.read(list, null, ReadOptions.TRAINING))
        .hasMessageStartingWith(list + ": class 1 '1' has no clip");
    LabelledVideos allowed =
        LabelledVideos.read(list, THREE, ReadOptions.TRAINING.withAllowEmptyClasses(true));
    assertThat(allowed.clipsPerClass()).containsExactly(1, 0, 1);
    assertThat(LabelledVideos.read(list, THREE, ReadOptions.TESTING).size()).isEqualTo(2);
  }

  @Test
  void missingVideos_areRefusedOrNamedWhereAllowed() throws Exception {
    Path list = list("a.mp4 0", "gone.mp4 1", "away.mp4 1");
    assertThatThrownBy(() -> LabelledVideos.read(list, THREE, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            list + ", line 2: no such video: gone.mp4 (2 of the 3 listed are missing)");
    LabelledVideos videos =
        LabelledVideos.read(list, THREE, ReadOptions.TESTING.withAllowMissing(true));
    assertThat(videos.size()).isEqualTo(1);
    assertThat(videos.listed()).isEqualTo(3);
    assertThat(videos.missing())
        .containsExactly(
            new MissingVideo(list + ", line 2", "gone.mp4"),
            new MissingVideo(list + ", line 3", "away.mp4"));
  }

  @Test
  void missingVideos_ofAWholeClass_leaveItEmpty() throws Exception {
    Path list = list("a.mp4 0", "gone.mp4 1");
    ReadOptions options = ReadOptions.TRAINING.withAllowMissing(true);
    assertThatThrownBy(() -> LabelledVideos.read(list, null, options))
        .hasMessageContaining("class 1 '1' has no clip");
  }

  @Test
  void missingVideos_all_areRefusedEvenWhereAllowed() throws Exception {
    Path list = list("gone.mp4 1");
    assertThatThrownBy(
            () -> LabelledVideos.read(list, THREE, ReadOptions.TESTING.withAllowMissing(true)))
        .hasMessageContaining("line 1: no such video: gone.mp4");
  }

  @Test
  void videosFolder_isWhereRelativePathsBegin() throws Exception {
    Path file = tree.video("elsewhere/deep/d.mp4");
    LabelledVideos videos =
        LabelledVideos.read(
            list("deep/d.mp4 0"),
            null,
            ReadOptions.TRAINING.withVideos(tree.root().resolve("elsewhere")));
    assertThat(videos.manifest().entries())
        .containsExactly(new Manifest.Entry("deep/d.mp4", file, 0));
  }

  @Test
  void videosFolder_thatIsNotThere_isNamed() throws Exception {
    Path list = list("a.mp4 0");
    Path nowhere = tree.root().resolve("nowhere");
    assertThatThrownBy(
            () -> LabelledVideos.read(list, null, ReadOptions.TESTING.withVideos(nowhere)))
        .isInstanceOf(DataException.class)
        .hasMessage(nowhere + ": no such folder of videos");
  }

  @Test
  void name_thatBeginsWithAHash_isAClipWhereTheFileExists() throws Exception {
    tree.video("#20_Rhythm_clap_u_nm_np1_fr_goo_0.avi");
    LabelledVideos videos =
        LabelledVideos.read(
            list("#20_Rhythm_clap_u_nm_np1_fr_goo_0.avi 1", "# b.mp4 1", "a.mp4 0"),
            THREE,
            ReadOptions.TESTING);
    assertThat(videos.labels()).containsExactly(1, 0);
  }

  @Test
  void classCount_thatDiffersFromTheCheckpoint_isRefusedWithBoth() throws Exception {
    Path list = list("a.mp4 0");
    LabelledVideos videos = LabelledVideos.read(list, THREE, ReadOptions.TESTING);
    videos.requireClasses(3);
    assertThatThrownBy(() -> videos.requireClasses(51))
        .isInstanceOf(DataException.class)
        .hasMessage(list + ": the data has 3 classes, but the classifier has 51");
  }

  @Test
  void source_thatIsNotThereOrEmpty_isRefused() throws Exception {
    Path nowhere = tree.root().resolve("nowhere.csv");
    assertThatThrownBy(() -> LabelledVideos.read(nowhere, null, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(nowhere + ": no such folder or file");
    Path empty = list("# nothing");
    assertThatThrownBy(() -> LabelledVideos.read(empty, null, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("names no video");
  }

  @Test
  void entry_withoutLabelOrOutside_cannotBeLabelledVideos() {
    for (Integer label : new Integer[] {null, -1, 3}) {
      Manifest manifest =
          new Manifest(
              Path.of("list"), List.of(new Manifest.Entry("v.mp4", Path.of("v.mp4"), label)));
      assertThatThrownBy(() -> new LabelledVideos(manifest, THREE, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("v.mp4 must be in [0, 3), got " + label);
    }
  }

  @Test
  void split_thatTheLayoutDoesNotHave_isRefused() throws Exception {
    Path list = list("a.mp4 0");
    assertThatThrownBy(() -> LabelledVideos.read(list, null, ReadOptions.TRAINING.withSplit(2)))
        .isInstanceOf(DataException.class)
        .hasMessage(list + ": split 2 was asked for, but the layout list has 1");
    assertThatThrownBy(() -> ReadOptions.TRAINING.withSplit(0)).hasMessageContaining("got 0");
  }

  @Test
  void jhmdb_officialLists_readWithItsClasses() throws Exception {
    Path jhmdb = Path.of(System.getProperty("tubelet.root", "."), "../shared/data/jhmdb");
    assumeTrue(Files.isDirectory(jhmdb), "the JHMDB clips are not on this machine");
    ClassNames classes = ClassNames.read(jhmdb.resolve("classes.txt"));
    LabelledVideos train =
        LabelledVideos.read(jhmdb.resolve("train.csv"), classes, ReadOptions.TRAINING);
    LabelledVideos test =
        LabelledVideos.read(jhmdb.resolve("test.csv"), classes, ReadOptions.TESTING);
    assertThat(classes.size()).isEqualTo(21);
    assertThat(train.clipsPerClass()).doesNotContain(0).hasSize(21);
    assertThat(test.manifest().entries())
        .allMatch(e -> e.label() != null && e.name().startsWith(classes.name(e.label()) + "/"));
    assertThat(Overlap.warnings(train.manifest(), test.manifest())).isEmpty();
  }
}

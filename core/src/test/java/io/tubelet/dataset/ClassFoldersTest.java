package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFoldersTest {
  private final DataTree tree;

  ClassFoldersTest(@TempDir Path folder) {
    tree = new DataTree(folder);
  }

  @Test
  void firstFolder_isTheClass_inTheAlphabetsOrder() throws Exception {
    tree.videos("train/run/b.mp4", "train/clap/deep/er.webm", "train/clap/a.mkv");
    tree.videos("train/.cache/x.mp4", "train/clap/notes.txt", "train/clap/still.png");
    LabelledVideos videos = LabelledVideos.read(tree.folder("train"), null, ReadOptions.TRAINING);
    assertThat(videos.classes().names()).containsExactly("clap", "run");
    assertThat(videos.manifest().entries())
        .extracting(Entry::name)
        .containsExactly("clap/a.mkv", "clap/deep/er.webm", "run/b.mp4");
    assertThat(videos.labels()).containsExactly(0, 0, 1);
  }

  @Test
  void givenClasses_decideTheLabels() throws Exception {
    tree.videos("val/clap/a.mp4", "val/run/b.mp4");
    ClassNames classes = new ClassNames(List.of("run", "jump", "clap"));
    LabelledVideos videos = LabelledVideos.read(tree.folder("val"), classes, ReadOptions.TESTING);
    assertThat(videos.labels()).containsExactly(2, 0);
  }

  @Test
  void folder_outsideTheGivenClasses_isNamed() throws Exception {
    tree.videos("val/clap/a.mp4", "val/run/b.mp4");
    ClassNames classes = new ClassNames(List.of("clap", "jump"));
    assertThatThrownBy(() -> LabelledVideos.read(tree.folder("val"), classes, ReadOptions.TESTING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            tree.root().resolve("val/run") + ": class 'run' is not in the class list");
  }

  @Test
  void folder_withoutAVideo_isAnEmptyClass() throws Exception {
    tree.videos("train/clap/a.mp4", "train/run/notes.txt");
    assertThatThrownBy(() -> LabelledVideos.read(tree.folder("train"), null, ReadOptions.TRAINING))
        .hasMessageContaining("class 1 'run' has no clip");
  }

  @Test
  void video_outsideAClassFolder_isNamed() throws Exception {
    tree.videos("train/clap/a.mp4", "train/stray.mp4");
    assertThatThrownBy(() -> LabelledVideos.read(tree.folder("train"), null, ReadOptions.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(tree.root().resolve("train/stray.mp4") + ": in no class folder");
  }

  @Test
  void foldersOfParts_areNotTakenForClasses() throws Exception {
    tree.videos("train/clap/a.mp4", "val/clap/b.mp4");
    assertThatThrownBy(() -> LabelledVideos.read(tree.root(), null, ReadOptions.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds train, val, which are parts and not classes");
  }

  @Test
  void images_areClipsInImageNetAlone() throws Exception {
    tree.videos("n01443537/b.png", "n01440764/n01440764_10026.JPEG", "n01440764/not.mp4");
    LabelledVideos images = LabelledVideos.read(tree.root(), null, ReadOptions.TRAINING);
    assertThat(images.manifest().entries())
        .extracting(Entry::name)
        .containsExactly("n01440764/n01440764_10026.JPEG", "n01443537/b.png");
    ReadOptions videosOnly = ReadOptions.TESTING.withLayout(DataLayout.CLASS_FOLDERS);
    assertThat(LabelledVideos.read(tree.root(), null, videosOnly).manifest().entries())
        .extracting(Entry::name)
        .containsExactly("n01440764/not.mp4");
  }
}

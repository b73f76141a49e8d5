package io.tubelet.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.curate.VideoFolderList.Labels;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFolderListTest {
  private final Path folder;

  VideoFolderListTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void video(String name) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  @Test
  void list_classFolders_haveLabelsAndNames() throws Exception {
    video("walk/b.mp4");
    video("run/deep/a c.mp4");
    Path list = folder.resolve("lists/all.csv");
    VideoFolderList.of(folder.resolve("in"), Labels.AUTO).write(list);

    assertThat(Manifest.read(list).entries())
        .extracting(e -> e.file().getFileName() + " " + e.label())
        .containsExactly("a c.mp4 0", "b.mp4 1");
    assertThat(folder.resolve("lists/classes.txt")).hasContent("run\nwalk\n");
  }

  @Test
  void list_videoOutsideFolders_hasNoLabels() throws Exception {
    video("walk/b.mp4");
    video("a.mp4");
    Path list = folder.resolve("all.csv");
    VideoFolderList.of(folder.resolve("in"), Labels.AUTO).write(list);

    assertThat(list).hasContent("in/a.mp4\nin/walk/b.mp4\n");
    assertThat(folder.resolve("classes.txt")).doesNotExist();
    assertThatThrownBy(() -> VideoFolderList.of(folder.resolve("in"), Labels.FOLDERS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.mp4");
  }

  @Test
  void list_labelsNotWanted_areLeftOut() throws Exception {
    video("train/b.mp4");
    video("val/b.mp4");
    assertThat(VideoFolderList.of(folder.resolve("in"), Labels.NONE).videos())
        .extracting(ListedVideo::label)
        .containsExactly(null, null);
    assertThatThrownBy(() -> VideoFolderList.of(folder.resolve("in"), Labels.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train, val");
  }

  @Test
  void list_emptyFolderOrNone_isRefused() throws Exception {
    assertThatThrownBy(() -> VideoFolderList.of(folder, Labels.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no video");
    assertThatThrownBy(() -> VideoFolderList.of(folder.resolve("x"), Labels.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no such folder");
  }

  @Test
  void write_filesThatAreThere_areNotOverwritten() throws Exception {
    video("run/a.mp4");
    VideoFolderList list = VideoFolderList.of(folder.resolve("in"), Labels.AUTO);
    Files.writeString(folder.resolve("classes.txt"), "other\n");
    assertThatThrownBy(() -> list.write(folder.resolve("all.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("classes.txt: exists already");
    assertThat(folder.resolve("all.csv")).doesNotExist();
    Files.writeString(folder.resolve("classes.txt"), "run\n");
    list.write(folder.resolve("all.csv"));
    assertThatThrownBy(() -> list.write(folder.resolve("all.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all.csv: exists already");
  }
}

package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlapTest {
  private static final Path TRAIN = Path.of("train.csv");
  private static final Path TEST = Path.of("test.csv");

  private final DataTree tree;

  OverlapTest(@TempDir Path folder) {
    tree = new DataTree(folder);
  }

  private static Manifest manifest(Path source, Path... files) {
    List<Entry> entries =
        Arrays.stream(files).map(f -> new Entry(f.getFileName().toString(), f, 0)).toList();
    return new Manifest(source, entries);
  }

  @Test
  void sameFile_alsoThroughALinkOrADetour_isNamed() throws Exception {
    Path video = tree.video("one/a.mp4");
    Path link = Files.createSymbolicLink(tree.folder("two").resolve("linked.mp4"), video);
    Path detour = tree.root().resolve("two/../one/a.mp4");
    assertThat(Overlap.warnings(manifest(TRAIN, video), manifest(TEST, link, detour)))
        .containsExactly(
            "test.csv: linked.mp4 is listed for training too, as a.mp4 in train.csv",
            "test.csv: a.mp4 is listed for training too, as a.mp4 in train.csv");
  }

  @Test
  void sameNameAndContent_isNamed() throws Exception {
    Path train = tree.text("train/a.mp4", "same bytes");
    Path copy = tree.text("test/a.mp4", "same bytes");
    assertThat(Overlap.warnings(manifest(TRAIN, train), manifest(TEST, copy)))
        .containsExactly(
            "test.csv: a.mp4 has the content of a.mp4, listed for training in train.csv");
  }

  @Test
  void sameNameOrSameContentAlone_isNoOverlap() throws Exception {
    Path train = tree.text("train/a.mp4", "some bytes");
    Path sameName = tree.text("test/a.mp4", "more bytes"); // of the same length
    Path sameContent = tree.text("test/b.mp4", "some bytes");
    assertThat(Overlap.warnings(manifest(TRAIN, train), manifest(TEST, sameName, sameContent)))
        .isEmpty();
  }
}

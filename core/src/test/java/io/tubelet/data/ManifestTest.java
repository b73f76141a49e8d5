package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.Manifest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  private final Path folder;

  ManifestTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private Path list(String... lines) throws IOException {
    return Files.write(folder.resolve("list.csv"), List.of(lines));
  }

  @Test
  void folder_isSearchedThroughSortedByName() throws Exception {
    file("b.MP4");
    file("deep/er/a.mkv");
    file("a b.webm");
    file("notes.txt");
    file("._b.mp4");
    Manifest manifest = Manifest.read(folder);
    assertThat(manifest.entries())
        .extracting(Entry::name)
        .containsExactly("a b.webm", "b.MP4", "deep/er/a.mkv");
    assertThat(manifest.entries()).allMatch(e -> e.label() == null && Files.exists(e.file()));
  }

  @Test
  void folder_withoutVideos_isRefused() throws Exception {
    file("notes.txt");
    assertThatThrownBy(() -> Manifest.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("mp4");
  }

  @Test
  void path_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> Manifest.read(folder.resolve("nowhere")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void singleVideo_isADataSetOfOne() throws Exception {
    assertThat(Manifest.read(file("one.mov")).entries())
        .extracting(Entry::name)
        .containsExactly("one.mov");
  }

  @Test
  void list_allSeparators_givePathsAndLabels() throws Exception {
    file("a.mp4");
    file("sub/with blank, comma.mp4");
    file("with,comma.mp4");
    Path absolute = file("c.avi").toAbsolutePath();
    Manifest manifest =
        Manifest.read(
            list(
                "\uFEFF# comment",
                "",
                "a.mp4",
                "a.mp4 3",
                "a.mp4,4",
                "a.mp4\t5",
                "a.mp4 , 6",
                "sub/with blank, comma.mp4",
                "sub/with blank, comma.mp4 7",
                absolute + " 8",
                "with,comma.mp4,9",
                "  "));
    assertThat(manifest.entries())
        .extracting(Entry::label)
        .containsExactly(null, 3, 4, 5, 6, null, 7, 8, 9);
    assertThat(manifest.entries().get(6).name()).isEqualTo("sub/with blank, comma.mp4");
    assertThat(manifest.entries().get(7).file()).isEqualTo(absolute);
  }

  @Test
  void list_nameThatEndsInANumber_isAPathWhenItExists() throws Exception {
    file("take 2");
    assertThat(Manifest.read(list("take 2")).entries().get(0).label()).isNull();
  }

  @Test
  void list_missingFile_isNamedWithItsLine() throws Exception {
    file("a.mp4");
    assertThatThrownBy(() -> Manifest.read(list("a.mp4 1", "# x", "gone.mp4 2")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 3")
        .hasMessageEndingWith("no such file: gone.mp4");
    assertThatThrownBy(() -> Manifest.read(list("two words"))).hasMessageContaining("two words");
    assertThatThrownBy(() -> Manifest.read(list("nul\0.mp4"))).hasMessageContaining("line 1");
    assertThatThrownBy(() -> Manifest.read(list("sub"))).hasMessageContaining("line 1");
  }

  @Test
  void list_labelThatIsNoInteger_isNamedWithItsLine() throws Exception {
    file("a.mp4");
    assertThatThrownBy(() -> Manifest.read(list("a.mp4 run")))
        .hasMessageContaining("line 1")
        .hasMessageContaining("'run'");
  }

  @Test
  void list_empty_isRefused() throws Exception {
    assertThatThrownBy(() -> Manifest.read(list("# nothing", "")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no video");
  }

  @Test
  void list_notText_isRefused() throws Exception {
    Path list = Files.write(folder.resolve("x.bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> Manifest.read(list))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void digest_dependsOnNamesAndSizesNotOnThePlace() throws Exception {
    file("one/a.mp4");
    file("one/b.mp4");
    Files.createDirectories(folder.resolve("two"));
    Files.copy(folder.resolve("one/a.mp4"), folder.resolve("two/a.mp4"));
    Files.copy(folder.resolve("one/b.mp4"), folder.resolve("two/b.mp4"));
    String one = Manifest.read(folder.resolve("one")).digest();
    assertThat(one).hasSize(64).isEqualTo(Manifest.read(folder.resolve("two")).digest());
    Files.writeString(folder.resolve("two/b.mp4"), "longer than before");
    assertThat(Manifest.read(folder.resolve("two")).digest()).isNotEqualTo(one);
  }
}

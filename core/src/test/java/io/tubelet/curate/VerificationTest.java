package io.tubelet.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.shards.ByteRange;
import io.tubelet.shards.ShardWriter;
import io.tubelet.video.StoredVideo;
import io.tubelet.video.VideoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  private final Path folder;
  private final Path list;

  VerificationTest(@TempDir Path folder) {
    this.folder = folder;
    this.list = folder.resolve("list.csv");
  }

  /** a, b, c; copies of a and c, the second with another label; a cut one, a text, one missing. */
  @BeforeEach
  void writeVideos() throws IOException {
    byte[] a = Files.readAllBytes(TestVideos.write(folder.resolve("v/a.mp4"), 20, 32, 48, 1));
    TestVideos.write(folder.resolve("v/b.mp4"), 21, 32, 48, 1);
    byte[] c = Files.readAllBytes(TestVideos.write(folder.resolve("v/c.mp4"), 20, 48, 32, 3));
    Files.write(folder.resolve("v/a-again.mp4"), a);
    Files.write(folder.resolve("v/c-again.mp4"), c);
    Files.write(folder.resolve("v/cut.mp4"), Arrays.copyOf(a, a.length * 2 / 3));
    Files.writeString(folder.resolve("v/text.mp4"), "no video");
    Files.write(
        list,
        List.of(
            "v/a.mp4 0",
            "v/b.mp4 0",
            "v/text.mp4 0",
            "v/c.mp4 1",
            "v/a-again.mp4 0",
            "v/gone.mp4 1",
            "v/c-again.mp4 0",
            "v/cut.mp4 1"));
  }

  private Verification verify(int workers) throws Exception {
    return Verification.of(TestVideos.read(list), TestVideos.workers(workers));
  }

  @Test
  void verify_brokenAndDuplicateVideos_areNamed() throws Exception {
    Verification found = verify(2);
    assertThat(found.isComplete()).isTrue();
    assertThat(found.isClean()).isFalse();
    assertThat(found.broken()).containsOnlyKeys("v/text.mp4", "v/gone.mp4", "v/cut.mp4");
    assertThat(found.broken()).containsEntry("v/gone.mp4", "no such file");
    assertThat(found.broken().get("v/cut.mp4")).startsWith("is cut short: only ");
    assertThat(found.duplicates())
        .extracting(group -> group.stream().map(ListedVideo::name).toList())
        .containsExactly(List.of("v/a.mp4", "v/a-again.mp4"), List.of("v/c.mp4", "v/c-again.mp4"));
    assertThat(found.contradictions())
        .extracting(group -> group.get(0).name())
        .containsExactly("v/c.mp4");
    assertThat(found.good()).extracting(ListedVideo::name).containsExactly("v/a.mp4", "v/b.mp4");
    assertThat(found.copies()).isEqualTo(2);
    assertThat(found.frames()).isEqualTo(20 + 21 + 20 + 20 + 20);
  }

  @Test
  void verify_anyNumberOfWorkers_findsTheSame() throws Exception {
    assertThat(verify(4)).isEqualTo(verify(1));
  }

  @Test
  void verify_healthyVideos_isClean() throws Exception {
    Files.write(list, List.of("v/a.mp4", "v/b.mp4"));
    assertThat(verify(1).isClean()).isTrue();
  }

  @Test
  void verify_membersOfAShard_areTheSameAsFiles() throws Exception {
    try (ShardWriter writer = new ShardWriter(folder, 1 << 20)) {
      writer.add(ByteRange.of(folder.resolve("v/a.mp4")).orElseThrow(), "mp4", 0, "{}");
      writer.finish();
    }
    Files.write(list, List.of("v/a.mp4 0", "000000.tar"));
    assertThat(verify(1).duplicates())
        .singleElement()
        .extracting(group -> group.get(1).name())
        .isEqualTo("000000.tar/000000.mp4");
  }

  @Test
  void verify_sameStreamInOtherContainers_isFound() throws Exception {
    Path zoo = Path.of(System.getProperty("tubelet.root"), "..", "shared", "data", "codec-zoo");
    assumeTrue(Files.isDirectory(zoo), "no codec zoo beside the checkout");
    Files.write(
        list,
        List.of(
            zoo.resolve("made/h264.mkv").toRealPath().toString(),
            zoo.resolve("made/h264.mov").toRealPath().toString(),
            zoo.resolve("made/hevc.mp4").toAbsolutePath().toString()));
    assertThat(verify(2).duplicates()).singleElement().satisfies(g -> assertThat(g).hasSize(2));
  }

  @Test
  void stored_filesOfTheZoo_areCutOnlyWhereTheyAre() throws Exception {
    Path zoo = Path.of(System.getProperty("tubelet.root"), "..", "shared", "data", "codec-zoo");
    assumeTrue(Files.isDirectory(zoo), "no codec zoo beside the checkout");
    List<String> cut = new ArrayList<>();
    for (ListedVideo video : TestVideos.read(zoo)) {
      try {
        if (StoredVideo.of(zoo.resolve(video.name())).cut()) {
          cut.add(video.name());
        }
      } catch (VideoException noVideo) {
        assertThat(noVideo).hasMessageContaining(video.name());
      }
    }
    assertThat(cut)
        .containsExactly("made/bad_truncated_mdat.mp4", "real/mp4parse_zero_empty_stsc.mp4");
  }

  @Test
  void write_completeVerification_leavesListsThatAreReadBack() throws Exception {
    Files.writeString(folder.resolve("classes.txt"), "run\nwalk\n");
    VerificationFiles files = new VerificationFiles(folder.resolve("out"));
    files.requireNew();
    files.write(verify(2), list);

    assertThat(Manifest.read(files.verified()).entries())
        .extracting(e -> e.file().getFileName() + " " + e.label())
        .containsExactly("a.mp4 0", "b.mp4 0");
    assertThat(files.quarantine()).content().startsWith("video\treason\n").contains("v/gone.mp4\t");
    assertThat(files.duplicates()).content().contains("2\t1\tv/c.mp4\n2\t0\tv/c-again.mp4\n");
    assertThat(folder.resolve("out/classes.txt")).hasContent("run\nwalk\n");
    assertThatThrownBy(files::requireNew)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("verified.csv: exists already");
  }

  @Test
  void write_stoppedVerification_leavesNoListOfGoodOnes() throws Exception {
    Verification stopped = Verification.of(TestVideos.read(list), TestVideos.stoppingAfter(3));
    VerificationFiles files = new VerificationFiles(folder.resolve("out"));
    files.write(stopped, list);

    assertThat(stopped.isComplete()).isFalse();
    assertThat(stopped.verified()).isEqualTo(3);
    assertThat(files.verified()).doesNotExist();
    assertThat(files.quarantine()).content().contains("text.mp4");
  }
}

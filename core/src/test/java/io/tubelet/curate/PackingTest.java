package io.tubelet.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.shards.ShardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingTest {
  private static final Packing.Options IN_ORDER = new Packing.Options(1 << 20, false, 0);

  private final Path folder;
  private final Path list;
  private final Path shards;

  PackingTest(@TempDir Path folder) {
    this.folder = folder;
    this.list = folder.resolve("list.csv");
    this.shards = folder.resolve("shards");
  }

  @BeforeEach
  void writeVideos() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      TestVideos.write(folder.resolve("v/%d.mp4".formatted(i)), 5 + i, 32, 32, i);
      lines.add("v/%d.mp4 %d".formatted(i, i % 2));
    }
    lines.add(3, "v/gone.mp4 1");
    Files.write(list, lines);
    Files.writeString(folder.resolve("classes.txt"), "run\nwalk\n");
  }

  private Packing pack(Packing.Options options) throws IOException {
    return Packing.of(TestVideos.read(list), list, shards, options, () -> false, done -> {});
  }

  @Test
  void pack_inOrder_keepsVideosLabelsClassesAndFacts() throws Exception {
    Packing packed = pack(IN_ORDER);
    assertThat(packed.packed()).isEqualTo(6);
    assertThat(packed.broken()).containsOnlyKeys("v/gone.mp4");
    LabelledVideos videos = LabelledVideos.read(shards, null, ReadOptions.TRAINING);
    assertThat(videos.labels()).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(videos.classes().names()).containsExactly("run", "walk");
    for (int i = 0; i < 6; i++) {
      assertThat(FrameDigest.of(videos.manifest().entries().get(i).file()))
          .isEqualTo(FrameDigest.of(folder.resolve("v/%d.mp4".formatted(i))));
    }
    String tar =
        new String(Files.readAllBytes(shards.resolve("000000.tar")), StandardCharsets.ISO_8859_1);
    JsonNode facts =
        new ObjectMapper().readTree(tar.substring(tar.indexOf("{\"name\":\"v/1.mp4\"")));
    assertThat(facts.path("class").asText()).isEqualTo("walk");
    assertThat(facts.path("frames").asInt()).isEqualTo(6);
  }

  @Test
  void pack_shuffled_isDrawnFromTheSeed() throws Exception {
    List<String> orders = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      Path out = folder.resolve("shards" + orders.size());
      Packing.of(
          TestVideos.read(list),
          list,
          out,
          new Packing.Options(1 << 20, true, seed),
          () -> false,
          done -> {});
      orders.add(Manifest.read(out).digest());
    }
    assertThat(orders.get(0)).isEqualTo(orders.get(1)).isNotEqualTo(orders.get(2));
  }

  @Test
  void pack_stopped_leavesNoShards() throws Exception {
    int[] done = {0};
    Packing stopped =
        Packing.of(
            TestVideos.read(list),
            list,
            shards,
            new Packing.Options(1, false, 0),
            () -> done[0] >= 3,
            count -> done[0] = (int) count);
    assertThat(stopped.shards()).isEmpty();
    assertThat(shards).isEmptyDirectory();
  }

  @Test
  void pack_folderWithShards_isRefused() throws Exception {
    pack(IN_ORDER);
    assertThatThrownBy(() -> pack(IN_ORDER)).isInstanceOf(ShardException.class);
  }

  @Test
  void pack_killedBefore_beginsAnewAndGivesTheSameShards() throws Exception {
    pack(IN_ORDER);
    byte[] whole = Files.readAllBytes(shards.resolve("000000.tar"));
    Path note = shards.resolve("packing.json");
    Files.writeString(note, Files.readString(note).replace("true", "false"));
    Files.copy(shards.resolve("000000.tar"), shards.resolve("000001.tar"));
    Files.write(shards.resolve("000002.tar.unfinished"), new byte[99]);
    assertThat(Packing.earlier(TestVideos.read(list), shards, IN_ORDER))
        .isEqualTo(Packing.Earlier.NONE);

    assertThat(pack(IN_ORDER).shards()).hasSize(1);
    assertThat(shards.resolve("000000.tar")).hasBinaryContent(whole);
    assertThat(shards.resolve("000001.tar")).doesNotExist();
    assertThat(shards.resolve("000002.tar.unfinished")).doesNotExist();
  }

  @Test
  void earlier_finishedShards_areOfTheSameVideosUntilOneChanges() throws Exception {
    pack(IN_ORDER);
    assertThat(Packing.earlier(TestVideos.read(list), shards, IN_ORDER))
        .isEqualTo(Packing.Earlier.SAME);
    assertThat(
            Packing.earlier(TestVideos.read(list), shards, new Packing.Options(1 << 19, false, 0)))
        .isEqualTo(Packing.Earlier.OTHER);
    TestVideos.write(folder.resolve("v/2.mp4"), 9, 32, 32, 77);
    assertThat(Packing.earlier(TestVideos.read(list), shards, IN_ORDER))
        .isEqualTo(Packing.Earlier.OTHER);
  }

  @Test
  void pack_folderOfPictures_isLeftOutWithAdvice() throws Exception {
    TestVideos.writeFolder(folder.resolve("v/film"), 3, 32, 32, 4);
    Files.write(list, List.of("v/0.mp4", "v/film"));
    Packing packed = pack(IN_ORDER);
    assertThat(packed.packed()).isEqualTo(1);
    assertThat(packed.broken().get("v/film")).contains("data prepare");
  }

  @Test
  void pack_nothingGood_isRefused() throws Exception {
    Files.writeString(list, "v/gone.mp4 0\n");
    assertThatThrownBy(() -> pack(IN_ORDER))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none of 1 videos");
  }
}

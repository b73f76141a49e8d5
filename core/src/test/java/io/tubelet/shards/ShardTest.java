package io.tubelet.shards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  private final Path folder;

  ShardTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Videos of 1000 bytes each, every byte the video's number; odd ones have no label. */
  private List<Path> write(int videos, long shardBytes) throws IOException {
    try (ShardWriter writer = new ShardWriter(folder, shardBytes)) {
      for (int i = 0; i < videos; i++) {
        byte[] content = new byte[1000];
        Arrays.fill(content, (byte) i);
        Path source = Files.write(folder.resolve("source.mp4"), content);
        Integer label = i % 2 == 0 ? i : null;
        writer.add(
            ByteRange.of(source).orElseThrow(), "mp4", label, "{\"number\":%d}".formatted(i));
      }
      Files.delete(folder.resolve("source.mp4"));
      return writer.finish();
    }
  }

  private static List<Sample> samples(List<Path> shards) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path shard : shards) {
      samples.addAll(Shard.read(shard).samples());
    }
    return samples;
  }

  @Test
  void writer_severalShards_keepToTheSizeAndNumberThrough() throws Exception {
    List<Path> shards = write(7, 12_000);
    assertThat(shards)
        .extracting(p -> p.getFileName().toString())
        .containsExactly("000000.tar", "000001.tar", "000002.tar");
    for (Path shard : shards) {
      assertThat(Files.size(shard)).isLessThanOrEqualTo(12_000);
    }
    assertThat(samples(shards))
        .extracting(Sample::video)
        .containsExactly(
            "000000.mp4",
            "000001.mp4",
            "000002.mp4",
            "000003.mp4",
            "000004.mp4",
            "000005.mp4",
            "000006.mp4");
    assertThat(samples(shards)).extracting(Sample::label).startsWith(0, null, 2, null);
  }

  @Test
  void writer_sampleLargerThanAShard_hasOneOfItsOwn() throws Exception {
    assertThat(write(3, 1)).hasSize(3);
  }

  @Test
  void read_withAndWithoutIndex_isTheSame() throws Exception {
    List<Path> shards = write(5, 1 << 20);
    List<Sample> indexed = ShardIndex.read(shards.get(0), Files.size(shards.get(0)));
    Files.delete(ShardIndex.of(shards.get(0)));
    assertThat(samples(shards)).hasSize(5).isEqualTo(indexed);
  }

  @Test
  void read_staleOrDamagedIndex_isPassedOver() throws Exception {
    Path shard = write(3, 1 << 20).get(0);
    List<Sample> right = Shard.read(shard).samples();
    Path index = ShardIndex.of(shard);
    String text = Files.readString(index);
    for (String bad :
        List.of(text.replaceFirst("\t\\d+\n", "\t77\n"), text + "9\tx\t\ty.mp4\n", "", "tubelet")) {
      Files.writeString(index, bad);
      assertThat(ShardIndex.read(shard, Files.size(shard))).as(bad).isNull();
    }
    assertThat(Shard.read(shard).samples()).isEqualTo(right);
  }

  @Test
  void read_shardReplacedMeanwhile_isReadAnew() throws Exception {
    Path shard = write(3, 1 << 20).get(0);
    assertThat(Shard.read(shard).samples()).hasSize(3);
    Files.delete(shard);
    Files.delete(ShardIndex.of(shard));
    assertThat(write(4, 1 << 20)).containsExactly(shard);
    assertThat(Shard.read(shard).samples()).hasSize(4);
  }

  @Test
  void read_cutShard_isRefusedEvenWithItsIndex() throws Exception {
    Path shard = write(3, 1 << 20).get(0);
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, 3000));
    assertThatThrownBy(() -> Shard.read(shard))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("000000.tar, at byte ");
  }

  @Test
  void read_labelBeforeTheVideoOrNoNumber_isFoundOrRefused() throws Exception {
    Path shard = folder.resolve("other.tar");
    try (TarWriter tar = new TarWriter(shard)) {
      tar.add("a/one.cls", "7\n".getBytes(UTF_8));
      tar.add("a/one.txt", "a caption".getBytes(UTF_8));
      tar.add("a/one.seg.mp4", new byte[3]);
      tar.add("b/one.webm", new byte[4]);
      tar.finish();
    }
    assertThat(Shard.read(shard).samples())
        .extracting(s -> s.video() + " " + s.label())
        .containsExactly("a/one.seg.mp4 7", "b/one.webm null");
    Path wrong = folder.resolve("wrong.tar");
    try (TarWriter tar = new TarWriter(wrong)) {
      tar.add("one.cls", "run".getBytes(UTF_8));
      tar.add("one.mp4", new byte[3]);
      tar.finish();
    }
    assertThatThrownBy(() -> Shard.read(wrong))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("wrong.tar, at byte 512")
        .hasMessageContaining("'run'");
  }

  @Test
  void byteRange_pathIntoAShard_isTheMembersContent() throws Exception {
    Path shard = write(3, 1 << 20).get(0);
    ByteRange range = ByteRange.of(shard.resolve("000001.mp4")).orElseThrow();
    byte[] all = Files.readAllBytes(range.file());
    assertThat(Arrays.copyOfRange(all, (int) range.offset(), (int) range.offset() + 1000))
        .containsOnly(1);
    assertThat(range.bytes()).isEqualTo(1000);
    assertThat(ByteRange.of(shard.resolve("000009.mp4"))).isEmpty();
    assertThat(ByteRange.of(folder.resolve("nowhere.tar/000001.mp4"))).isEmpty();
    assertThat(ByteRange.of(shard).orElseThrow().bytes()).isEqualTo(Files.size(shard));
  }

  @Test
  void writer_folderWithShards_isRefused() throws Exception {
    write(1, 1 << 20);
    assertThatThrownBy(() -> new ShardWriter(folder, 1 << 20))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("1 shards already")
        .hasMessageContaining("000000.tar");
  }

  @Test
  void find_folderPatternOrFile_areSorted() throws Exception {
    write(4, 9000);
    assertThat(ShardFolder.find(folder)).hasSize(2);
    assertThat(ShardFolder.find(folder.resolve("00000[1-3].tar")))
        .containsExactly(folder.resolve("000001.tar"));
    assertThat(ShardFolder.find(folder.resolve("00000{0,1}.tar"))).hasSize(2);
    assertThat(ShardFolder.find(folder.resolve("000000.tar"))).hasSize(1);
    assertThat(ShardFolder.find(folder.resolve("[.tar"))).isEmpty();
    assertThat(ShardFolder.find(folder.resolve("000000.index.tsv"))).isEmpty();
  }
}

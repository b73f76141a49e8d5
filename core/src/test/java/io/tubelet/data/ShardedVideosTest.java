package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.augment.ColourJitter;
import io.tubelet.augment.MultiScaleCrop;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.mask.TubeMasking;
import io.tubelet.sample.StridedSampling;
import io.tubelet.shards.ByteRange;
import io.tubelet.shards.ShardException;
import io.tubelet.shards.ShardWriter;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoReader;
import io.tubelet.video.VideoWriter;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardedVideosTest {
  private static final int VIDEOS = 24;

  private static Path files = Path.of("");
  private static Path shards = Path.of("");

  /** The same videos as files and in shards of six; class {@code i mod 3}. */
  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    files = Files.createDirectories(folder.resolve("files"));
    shards = Files.createDirectories(folder.resolve("shards"));
    for (int i = 0; i < VIDEOS; i++) {
      Path file = files.resolve("%06d.mp4".formatted(i));
      byte[] rgb = new byte[12 * 32 * 32 * 3];
      for (int b = 0; b < rgb.length; b++) {
        rgb[b] = (byte) (b / (32 * 32 * 3) * 16 + i * 5 + b % 37);
      }
      VideoWriter.save(file, new Frames(12, 32, 32, rgb), EncodeOptions.DEFAULT);
    }
    long six = 6 * (Files.size(files.resolve("000000.mp4")) + 5000);
    try (ShardWriter writer = new ShardWriter(shards, six)) {
      for (int i = 0; i < VIDEOS; i++) {
        Path file = files.resolve("%06d.mp4".formatted(i));
        writer.add(ByteRange.of(file).orElseThrow(), "mp4", i % 3, "{}");
      }
      assertThat(writer.finish()).hasSizeBetween(3, 6);
    }
  }

  private static List<Batch> take(Manifest manifest, int workers, int batches, Cursor start)
      throws Exception {
    DataConfig config =
        new DataConfig(
            new StridedSampling(1),
            new MultiScaleCrop(List.of(1.0)),
            0.5,
            ColourJitter.NONE,
            0,
            1,
            workers,
            2,
            ByteSize.ZERO,
            0,
            OpenOptions.DEFAULT.withIndexCache(OpenOptions.OFF));
    BatchSpec spec = BatchSpec.masked(4, new ClipShape(4, 16, 16, 2, 8), new TubeMasking(0.5));
    List<Batch> taken = new ArrayList<>();
    try (ClipLoader loader =
        new ClipLoader(manifest, Videos::open, config, spec, new Seeds(5), start)) {
      for (int i = 0; i < batches; i++) {
        taken.add(loader.next());
      }
    }
    return taken;
  }

  private static void assertSame(List<Batch> some, List<Batch> others) {
    assertThat(some).hasSameSizeAs(others);
    for (int i = 0; i < some.size(); i++) {
      assertThat(some.get(i).clips()).as("batch %d", i).isEqualTo(others.get(i).clips());
      assertThat(some.get(i).draws().toString()).isEqualTo(others.get(i).draws().toString());
      assertThat(some.get(i).next()).isEqualTo(others.get(i).next());
    }
  }

  @Test
  void open_memberOfAShard_hasTheFramesOfTheFile() throws Exception {
    for (Entry entry : Manifest.read(shards).entries()) {
      Path file = files.resolve(entry.file().getFileName());
      try (VideoReader member = Videos.open(entry.file(), DecodeOptions.NATIVE);
          VideoReader whole = Videos.open(file, DecodeOptions.NATIVE)) {
        assertThat(member.info()).isEqualTo(whole.info());
        assertThat(member.frames(11, 0, 5).rgb()).isEqualTo(whole.frames(11, 0, 5).rgb());
      }
    }
  }

  @Test
  void open_memberOfAShard_isSurveyedOnceAndAnewWhenItsShardChanged(@TempDir Path folder)
      throws Exception {
    OpenOptions cached = OpenOptions.DEFAULT.withIndexCache(folder.resolve("cache").toString());
    Path shard = Files.copy(shards.resolve("000000.tar"), folder.resolve("000000.tar"));
    Path member = shard.resolve("000000.mp4");
    for (int i = 0; i < 2; i++) {
      try (VideoReader reader = Videos.open(member, DecodeOptions.NATIVE, cached)) {
        assertThat(reader.info().frames()).isEqualTo(12);
      }
    }
    try (Stream<Path> surveys = Files.walk(folder.resolve("cache"))) {
      assertThat(surveys.filter(Files::isRegularFile)).hasSize(1);
    }
    Files.delete(shard);
    Path longer = folder.resolve("longer.mp4");
    VideoWriter.save(longer, new Frames(15, 32, 32, new byte[15 * 3072]), EncodeOptions.DEFAULT);
    try (ShardWriter writer = new ShardWriter(folder, 1 << 20)) {
      writer.add(ByteRange.of(longer).orElseThrow(), "mp4", 0, "{}");
      writer.finish();
    }
    try (VideoReader reader = Videos.open(member, DecodeOptions.NATIVE, cached)) {
      assertThat(reader.info().frames()).isEqualTo(15);
    }
  }

  @Test
  void manifest_oneMemberOfAShard_isADataSetOfOne() throws Exception {
    Path member = shards.resolve("000000.tar").resolve("000002.mp4");
    assertThat(Manifest.read(member).entries()).extracting(Entry::file).containsExactly(member);
  }

  @Test
  void open_memberThatIsNotThere_isRefused() {
    Path nobody = shards.resolve("000000.tar").resolve("999999.mp4");
    assertThatThrownBy(() -> Videos.open(nobody, DecodeOptions.NATIVE))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void loader_oneOrFourWorkers_givesTheSameBatches() throws Exception {
    Manifest manifest = Manifest.read(shards).withShuffleBuffer(8);
    assertSame(take(manifest, 1, 14, Cursor.START), take(manifest, 4, 14, Cursor.START));
  }

  @Test
  void loader_startedAtACursor_goesOnExactly() throws Exception {
    Manifest manifest = Manifest.read(shards).withShuffleBuffer(8);
    List<Batch> all = take(manifest, 2, 12, Cursor.START);
    for (int stop : new int[] {1, 5, 7}) {
      assertSame(all.subList(stop, 12), take(manifest, 3, 12 - stop, all.get(stop - 1).next()));
    }
  }

  @Test
  void loader_eachPass_readsEveryVideoNearlyInStoredOrder() throws Exception {
    Manifest manifest = Manifest.read(shards).withShuffleBuffer(2);
    int[] pass =
        take(manifest, 2, 6, Cursor.START).stream()
            .flatMap(batch -> batch.draws().stream())
            .mapToInt(ClipDraw::video)
            .toArray();
    assertThat(pass).hasSize(VIDEOS).doesNotHaveDuplicates();
    int changes = 0;
    for (int i = 1; i < VIDEOS; i++) {
      Path shard = manifest.entries().get(pass[i]).file().getParent();
      Path before = manifest.entries().get(pass[i - 1]).file().getParent();
      changes += Objects.equals(shard, before) ? 0 : 1;
    }
    assertThat(changes).isLessThan(VIDEOS / 2);
  }

  @Test
  void read_folderPatternListOrOneShard_namesTheSameVideos() throws Exception {
    List<Entry> folder = Manifest.read(shards).entries();
    assertThat(folder).hasSize(VIDEOS).extracting(Entry::label).startsWith(0, 1, 2, 0);
    assertThat(Manifest.read(shards.resolve("0000??.tar")).entries()).isEqualTo(folder);
    Path list = shards.resolve("shards.txt");
    Files.write(list, List.of("000001.tar", "000000.tar/000002.mp4 2", "000000.tar"));
    assertThat(Manifest.read(list).entries())
        .extracting(Entry::name)
        .contains("000000.tar/000000.mp4", "000000.tar/000002.mp4", "000001.tar/000008.mp4");
    assertThat(Manifest.read(shards.resolve("000000.tar")).entries())
        .isEqualTo(folder.subList(0, Manifest.read(shards.resolve("000000.tar")).size()));
    Files.delete(list);
  }

  @Test
  void labelled_shards_haveTheLabelsOfTheirSamples() throws Exception {
    LabelledVideos videos = LabelledVideos.read(shards, null, ReadOptions.TRAINING);
    assertThat(videos.classes().size()).isEqualTo(3);
    assertThat(videos.clipsPerClass()).containsExactly(8, 8, 8);
  }

  @Test
  void digest_buffer_countsForShardsOnly() throws Exception {
    Manifest sharded = Manifest.read(shards);
    Manifest plain = Manifest.read(files);
    assertThat(sharded.withShuffleBuffer(7).digest()).isNotEqualTo(sharded.digest());
    assertThat(plain.withShuffleBuffer(7).digest()).isEqualTo(plain.digest());
  }

  @Test
  void read_cutShard_namesFileAndByte(@TempDir Path folder) throws Exception {
    byte[] whole = Files.readAllBytes(shards.resolve("000000.tar"));
    Path cut = folder.resolve("000000.tar");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Manifest.read(folder))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("000000.tar, at byte ");
    assertThatThrownBy(() -> Videos.open(cut.resolve("000000.mp4"), DecodeOptions.NATIVE))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("cut short");
  }
}

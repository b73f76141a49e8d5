package io.tubelet.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.shards.ByteRange;
import io.tubelet.shards.ShardWriter;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.StoredVideo;
import io.tubelet.video.VideoCodec;
import io.tubelet.video.VideoReader;
import io.tubelet.video.VideoWriter;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreparationTest {
  private static final PrepareOptions SMALL = new PrepareOptions(32, 5, VideoCodec.AUTO, 22, 0);

  private final Path folder;
  private final Path list;
  private final Path out;

  PreparationTest(@TempDir Path folder) {
    this.folder = folder;
    this.list = folder.resolve("list.csv");
    this.out = folder.resolve("out");
  }

  @BeforeEach
  void writeVideos() throws IOException {
    TestVideos.write(folder.resolve("run/a.mp4"), 23, 64, 98, 1);
    TestVideos.write(folder.resolve("run/b.mp4"), 12, 98, 64, 2);
    TestVideos.write(folder.resolve("walk/small.mp4"), 7, 18, 22, 3);
    Files.writeString(folder.resolve("walk/text.mp4"), "no video");
    Files.write(
        list,
        List.of("run/a.mp4 0", "run/b.mp4 0", "walk/small.mp4 1", "walk/text.mp4 1", "gone.mp4 1"));
  }

  private Preparation prepare(PrepareOptions options, InParallel parallel) throws Exception {
    return Preparation.of(TestVideos.read(list), list, out, options, parallel);
  }

  @Test
  void prepare_goodVideos_keepFramesLabelsAndFolders() throws Exception {
    Files.writeString(folder.resolve("classes.txt"), "run\nwalk\n");
    Preparation prepared = prepare(SMALL, TestVideos.workers(2));

    assertThat(prepared.broken()).containsOnlyKeys("walk/text.mp4", "gone.mp4");
    Manifest manifest = Manifest.read(out.resolve(Preparation.LIST));
    assertThat(manifest.entries())
        .extracting(e -> e.name() + " " + e.label())
        .containsExactly("run/a.mp4 0", "run/b.mp4 0", "walk/small.mp4 1");
    assertThat(manifest.entries().stream().map(PreparationTest::stored))
        .extracting(s -> "%d frames %d x %d".formatted(s.packets(), s.width(), s.height()))
        .containsExactly("23 frames 48 x 32", "12 frames 32 x 48", "7 frames 22 x 18");
    assertThat(manifest.entries()).allMatch(e -> stored(e).longestGop() <= 5);
    assertThat(out.resolve("classes.txt")).hasContent("run\nwalk\n");
    assertThat(out.resolve("quarantine.tsv")).content().contains("gone.mp4\tno such file");
  }

  private static StoredVideo stored(Entry entry) {
    try {
      return StoredVideo.of(entry.file());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void prepare_frames_staysTrueToTheSource() throws Exception {
    prepare(new PrepareOptions(0, 12, VideoCodec.AUTO, 12, 0), TestVideos.workers(1));
    int[] all = IntStream.range(0, 23).toArray();
    try (VideoReader before = Videos.open(folder.resolve("run/a.mp4"), DecodeOptions.NATIVE);
        VideoReader after = Videos.open(out.resolve("run/a.mp4"), DecodeOptions.NATIVE)) {
      byte[] one = before.frames(all).rgb();
      byte[] two = after.frames(all).rgb();
      double difference = 0;
      for (int i = 0; i < one.length; i++) {
        difference += Math.abs(Byte.toUnsignedInt(one[i]) - Byte.toUnsignedInt(two[i]));
      }
      assertThat(difference / one.length).isLessThan(3);
    }
  }

  @Test
  void prepare_secondRun_keepsWhatIsFinished() throws Exception {
    Preparation first = prepare(SMALL, TestVideos.workers(2));
    FileTime written = Files.getLastModifiedTime(out.resolve("run/a.mp4"));
    Preparation second = prepare(SMALL, TestVideos.workers(2));

    assertThat(first.kept()).isZero();
    assertThat(second.kept()).isEqualTo(3);
    assertThat(Files.getLastModifiedTime(out.resolve("run/a.mp4"))).isEqualTo(written);
  }

  @Test
  void prepare_stoppedRun_goesOnToTheSameResult() throws Exception {
    Preparation stopped = prepare(SMALL, TestVideos.stoppingAfter(1));
    assertThat(stopped.list()).isNull();
    assertThat(stopped.done()).isEqualTo(1);
    assertThat(out.resolve(Preparation.LIST)).doesNotExist();
    Files.writeString(out.resolve("run/b.mp4.unfinished"), "half"); // as a kill leaves it
    Files.writeString(
        out.resolve("finished.tsv"), Files.readString(out.resolve("finished.tsv")) + "run/b.m");

    Preparation whole = prepare(SMALL, TestVideos.workers(1));
    assertThat(whole.kept()).isEqualTo(1);
    byte[] resumed = Files.readAllBytes(out.resolve("run/b.mp4"));
    assertThat(out.resolve("run/b.mp4.unfinished")).doesNotExist();
    Preparation.of(
        TestVideos.read(list), list, folder.resolve("again"), SMALL, TestVideos.workers(3));
    assertThat(folder.resolve("again/run/b.mp4")).hasBinaryContent(resumed);
    assertThat(folder.resolve("again/prepared.csv"))
        .hasSameTextualContentAs(out.resolve("prepared.csv"));
  }

  @Test
  void prepare_sourceOrResultThatChanged_isMadeAnew() throws Exception {
    prepare(SMALL, TestVideos.workers(1));
    TestVideos.write(folder.resolve("run/a.mp4"), 9, 64, 98, 5);
    Files.writeString(out.resolve("run/b.mp4"), "overwritten");
    Preparation second = prepare(SMALL, TestVideos.workers(1));

    assertThat(second.kept()).isEqualTo(1);
    assertThat(StoredVideo.of(out.resolve("run/a.mp4")).packets()).isEqualTo(9);
    assertThat(StoredVideo.of(out.resolve("run/b.mp4")).packets()).isEqualTo(12);
  }

  @Test
  void prepare_folderOfAnotherRun_isRefused() throws Exception {
    prepare(SMALL, TestVideos.workers(1));
    assertThatThrownBy(
            () -> prepare(new PrepareOptions(24, 5, VideoCodec.AUTO, 22, 0), TestVideos.workers(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("short-side 32, now it is 24");
    assertThatThrownBy(
            () ->
                Preparation.of(
                    TestVideos.read(list),
                    list,
                    folder.resolve("run"),
                    SMALL,
                    TestVideos.workers(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void prepare_nothingGood_isRefusedWithTheReasons() throws Exception {
    Files.write(list, List.of("walk/text.mp4 1"));
    assertThatThrownBy(() -> prepare(SMALL, TestVideos.workers(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none of 1 videos")
        .hasMessageContaining("quarantine.tsv");
    assertThat(out.resolve("quarantine.tsv")).content().contains("text.mp4");
  }

  @Test
  void prepare_folderThatCannotBeWrittenTo_endsInsteadOfBlamingVideos() throws Exception {
    Files.createDirectories(out);
    prepare(SMALL, TestVideos.stoppingAfter(1));
    Files.createDirectories(out.resolve("run/b.mp4.unfinished")); // a folder where a file should be
    Preparation second = prepare(SMALL, TestVideos.workers(1));
    assertThat(second.broken()).containsKey("run/b.mp4"); // that alone is this video's fault
    assertThat(second.kept()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(VideoCodec.class)
  void prepare_everyCodec_hasAllFrames(VideoCodec codec) throws Exception {
    prepare(new PrepareOptions(32, 5, codec, 22, 0), TestVideos.workers(1));
    try (VideoReader video = Videos.open(out.resolve("run/a.mp4"), DecodeOptions.NATIVE)) {
      assertThat(video.info().frames()).isEqualTo(23);
      assertThat(video.info().codec())
          .isEqualTo(codec == VideoCodec.AUTO ? "h264" : codec.name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void prepare_folderOfPictures_becomesAFile() throws Exception {
    TestVideos.writeFolder(folder.resolve("run/film.v2"), 9, 40, 64, 4);
    Files.write(list, List.of("run/film.v2 0"));
    Preparation prepared = prepare(SMALL, TestVideos.workers(1));

    assertThat(prepared.broken()).isEmpty();
    StoredVideo stored = StoredVideo.of(out.resolve("run/film.v2.mp4"));
    assertThat("%d x %d".formatted(stored.width(), stored.height())).isEqualTo("50 x 32");
    assertThat(stored.packets()).isEqualTo(9);
    assertThat(prepare(SMALL, TestVideos.workers(1)).kept()).isEqualTo(1);
  }

  @Test
  void prepare_membersOfAShard_becomeFiles() throws Exception {
    try (ShardWriter writer = new ShardWriter(folder, 1 << 20)) {
      writer.add(ByteRange.of(folder.resolve("run/a.mp4")).orElseThrow(), "mp4", 3, "{}");
      writer.finish();
    }
    Files.write(list, List.of("000000.tar"));
    prepare(SMALL, TestVideos.workers(1));
    assertThat(out.resolve(Preparation.LIST)).hasContent("000000/000000.mp4 3\n");
    assertThat(prepare(SMALL, TestVideos.workers(1)).kept()).isEqualTo(1);
  }

  @Test
  void prepare_tinyPictures_areEncodedAsWell() throws Exception {
    VideoWriter.save(
        folder.resolve("tiny.mp4"), TestVideos.frames(5, 8, 8, 1), EncodeOptions.DEFAULT);
    Files.write(list, List.of("tiny.mp4"));
    prepare(SMALL, TestVideos.workers(1));
    assertThat(StoredVideo.of(out.resolve("tiny.mp4")).packets()).isEqualTo(5);
  }

  /** Frames of ten seconds at the speed of the first column, at that of the second. */
  @ParameterizedTest
  @CsvSource({"30, 10, 100", "10, 30, 300", "25, 24, 240", "24, 25, 250", "29.97, 29.97, 300"})
  void copies_ofAllFrames_lastAsLong(double sourceFps, double fps, int frames) {
    PrepareOptions options = new PrepareOptions(0, 12, VideoCodec.AUTO, 22, fps);
    int source = (int) Math.round(10 * sourceFps);
    int written = IntStream.range(0, source).map(n -> options.copies(n, sourceFps)).sum();
    assertThat(written).isEqualTo(frames);
  }

  @Test
  void names_thatClashOrLeadOutside_findTheirPlaces() throws Exception {
    Path a = folder.resolve("run/a.mp4");
    List<ListedVideo> clash =
        List.of(
            new ListedVideo("run/a.mp4", a, null),
            new ListedVideo("run/a.avi", folder.resolve("run/a.avi"), null),
            new ListedVideo("run/a.mp4", a, null));
    assertThat(PreparedNames.of(clash).values()).containsExactly("run/a.mp4", "run/a.avi.mp4");
    List<ListedVideo> absolute =
        List.of(
            new ListedVideo(a.toString(), a, null),
            new ListedVideo("../walk/b.mkv", folder.resolve("walk/b.mkv"), null));
    assertThat(PreparedNames.of(absolute).values()).containsExactly("run/a.mp4", "walk/b.mp4");
    List<ListedVideo> member =
        List.of(new ListedVideo("0.tar/1.mp4", folder.resolve("0.tar/1.mp4"), null));
    assertThat(PreparedNames.of(member).values()).containsExactly("0/1.mp4");
  }

  @Test
  void options_thatMakeNoSense_areRefused() {
    assertThatThrownBy(() -> new PrepareOptions(-1, 12, VideoCodec.AUTO, 22, 0))
        .hasMessageContaining("short-side")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new PrepareOptions(0, 0, VideoCodec.AUTO, 22, 0))
        .hasMessageContaining("gop");
    assertThatThrownBy(() -> new PrepareOptions(0, 12, VideoCodec.AUTO, 99, 0))
        .hasMessageContaining("99");
  }
}

package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.augment.ColourJitter;
import io.tubelet.augment.GaussianBlur;
import io.tubelet.augment.MultiScaleCrop;
import io.tubelet.augment.PhotometricChange;
import io.tubelet.augment.PhotometricOperation;
import io.tubelet.augment.ViewAugmentation;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.mask.Mask;
import io.tubelet.mask.TubeMasking;
import io.tubelet.sample.StridedSampling;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.StreamChoice;
import io.tubelet.video.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClipLoaderTest {
  private static final ClipShape SHAPE = new ClipShape(4, 8, 8, 2, 4);
  private static final Seeds SEEDS = new Seeds(42);

  private final FakeVideos videos = new FakeVideos();

  private static DataConfig config(int repeats, int workers, String cache, double maxBroken) {
    return config(repeats, workers, cache, maxBroken, OpenOptions.DEFAULT);
  }

  private static DataConfig config(
      int repeats, int workers, String cache, double maxBroken, OpenOptions open) {
    return new DataConfig(
        new StridedSampling(3),
        new MultiScaleCrop(List.of(1.0, 0.875, 0.75, 0.66)),
        0.5,
        ColourJitter.NONE,
        0,
        repeats,
        workers,
        2,
        ByteSize.parse(cache),
        maxBroken,
        open);
  }

  private static BatchSpec batchOf(int clips) {
    return BatchSpec.masked(clips, SHAPE, new TubeMasking(0.75));
  }

  private ClipLoader loader(int count, int clips, DataConfig config, Cursor start) {
    return new ClipLoader(FakeVideos.manifest(count), videos, config, batchOf(clips), SEEDS, start);
  }

  private List<Batch> take(int batches, int count, int clips, DataConfig config, Cursor start)
      throws Exception {
    List<Batch> taken = new ArrayList<>();
    try (ClipLoader loader = loader(count, clips, config, start)) {
      for (int i = 0; i < batches; i++) {
        taken.add(loader.next());
      }
    }
    return taken;
  }

  private static void assertSame(List<Batch> some, List<Batch> others) {
    assertThat(some).hasSameSizeAs(others);
    for (int i = 0; i < some.size(); i++) {
      Batch one = some.get(i);
      Batch two = others.get(i);
      assertThat(one.clips()).as("pixels of batch %d", i).isEqualTo(two.clips());
      assertThat(one.draws().toString()).isEqualTo(two.draws().toString());
      assertThat(one.next()).isEqualTo(two.next());
      for (int clip = 0; clip < one.size(); clip++) {
        assertThat(one.masks().get(clip).hidden()).isEqualTo(two.masks().get(clip).hidden());
      }
    }
  }

  @Test
  void next_oneOrFourWorkers_givesTheSameBatches() throws Exception {
    videos.broken.addAll(List.of("v3.mp4", "v8.mp4"));
    List<Batch> one = take(12, 20, 6, config(2, 1, "0", 0.2), Cursor.START);
    List<Batch> four = take(12, 20, 6, config(2, 4, "0", 0.2), Cursor.START);
    assertSame(one, four);
  }

  @Test
  void next_asManyWorkersAsKeepPace_givesTheSameBatches() throws Exception {
    List<Batch> one = take(40, 20, 6, config(2, 1, "0", 0.2), Cursor.START);
    assertSame(one, take(40, 20, 6, config(2, 0, "0", 0.2), Cursor.START));
  }

  @Test
  void workers_numberGiven_staysWhateverTheSpeed() throws Exception {
    try (ClipLoader loader = loader(20, 4, config(1, 3, "0", 0.2), Cursor.START)) {
      for (int i = 0; i < 20; i++) {
        loader.next();
      }
      assertThat(loader.workers()).isEqualTo(3);
    }
  }

  @Test
  void next_withCache_givesTheSameBatches() throws Exception {
    videos.truncated.addAll(List.of("v9.mp4", "v10.mp4"));
    List<Batch> without = take(20, 12, 4, config(1, 2, "0", 1), Cursor.START);
    List<Batch> half = take(20, 12, 4, config(1, 2, "200KiB", 1), Cursor.START);
    List<Batch> whole = take(20, 12, 4, config(1, 2, "1GiB", 1), Cursor.START);
    assertSame(without, half);
    assertSame(without, whole);
  }

  @Test
  void next_startedAtACursor_goesOnWithTheFollowingBatches() throws Exception {
    videos.broken.add("v2.mp4");
    videos.truncated.addAll(List.of("v11.mp4", "v12.mp4"));
    DataConfig config = config(2, 3, "0", 0.5);
    List<Batch> all = take(15, 13, 8, config, Cursor.START);
    for (int stop : new int[] {1, 3, 7, 10}) {
      List<Batch> rest = take(15 - stop, 13, 8, config, all.get(stop - 1).next());
      assertSame(all.subList(stop, 15), rest);
    }
  }

  /** Colours are changed after the crop, which they do not shift; nor do they shift each other. */
  @Test
  void next_colourJitterAndViews_areAppliedToTheCroppedClip() throws Exception {
    ColourJitter jitter = new ColourJitter(0.8, 0.4, 0.4, 0.2, 0.1);
    List<ViewAugmentation> views =
        List.of(
            new ViewAugmentation(0, new GaussianBlur(1, 0.1, 2), 0),
            new ViewAugmentation(1, new GaussianBlur(0, 0.1, 2), 1));
    Batch plain = viewsOf(ColourJitter.NONE, false, List.of());
    Batch changed = viewsOf(jitter, false, views);
    for (int clip = 0; clip < plain.size(); clip++) {
      ClipDraw draw = changed.draws().get(clip);
      assertThat(draw.crop()).isEqualTo(plain.draws().get(clip).crop());
      assertThat(draw.frames()).isEqualTo(plain.draws().get(clip).frames());
      assertThat(draw.photometric())
          .extracting(PhotometricChange::operation)
          .endsWith(
              clip % 2 == 0
                  ? new PhotometricOperation[] {PhotometricOperation.BLUR}
                  : new PhotometricOperation[] {
                    PhotometricOperation.GREYSCALE, PhotometricOperation.SOLARISE
                  });
      assertThat(pixels(changed, clip).rgb())
          .isEqualTo(PhotometricChange.apply(pixels(plain, clip), draw.photometric()).rgb());
    }
    assertThat(changed.draws()).anyMatch(draw -> draw.photometric().size() > 2);
    assertThat(changed.masks()).isEmpty();
  }

  @Test
  void next_viewsOfTheSameFrames_differInTheirCropOnly() throws Exception {
    Batch same = viewsOf(ColourJitter.NONE, true, List.of());
    Batch own = viewsOf(ColourJitter.NONE, false, List.of());
    List<int[]> frames = own.draws().stream().map(ClipDraw::frames).toList();
    for (int clip = 0; clip < same.size(); clip += 2) {
      assertThat(same.draws().get(clip).frames()).isEqualTo(same.draws().get(clip + 1).frames());
      assertThat(same.draws().get(clip).video()).isEqualTo(same.draws().get(clip + 1).video());
    }
    assertThat(frames.get(0)).isNotEqualTo(frames.get(1));
  }

  private Batch viewsOf(ColourJitter jitter, boolean sameFrames, List<ViewAugmentation> views)
      throws Exception {
    DataConfig base = config(2, 2, "0", 0.1);
    DataConfig config =
        new DataConfig(
            base.sampling(),
            base.crop(),
            base.flip(),
            jitter,
            base.shortSide(),
            base.repeats(),
            base.workers(),
            base.prefetch(),
            base.cache(),
            base.maxBroken(),
            base.open());
    try (ClipLoader loader =
        new ClipLoader(
            FakeVideos.manifest(12),
            videos,
            config,
            BatchSpec.views(12, SHAPE, sameFrames, views),
            SEEDS,
            Cursor.START)) {
      return loader.next();
    }
  }

  private static Frames pixels(Batch batch, int clip) {
    int from = clip * SHAPE.bytes();
    byte[] rgb = Arrays.copyOfRange(batch.clips(), from, from + SHAPE.bytes());
    return new Frames(SHAPE.frames(), SHAPE.height(), SHAPE.width(), rgb);
  }

  /** What a model sees of such a clip is what it would see without; one frame more for each. */
  @Test
  void next_framesBetween_lieBehindThoseThatWereChosen() throws Exception {
    ClipShape doubled = new ClipShape(8, 8, 8, 4, 4);
    BatchSpec between = BatchSpec.masked(6, doubled, SHAPE.frames(), new TubeMasking(0.75));
    Batch plain = take(1, 12, 6, config(1, 2, "0", 0.1), Cursor.START).get(0);
    Batch batch;
    try (ClipLoader loader =
        new ClipLoader(
            FakeVideos.manifest(12),
            videos,
            config(1, 2, "0", 0.1),
            between,
            SEEDS,
            Cursor.START)) {
      batch = loader.next();
    }

    int frame = SHAPE.bytes() / SHAPE.frames();
    for (int clip = 0; clip < 6; clip++) {
      int[] chosen = plain.draws().get(clip).frames();
      int[] all = batch.draws().get(clip).frames();
      assertThat(batch.masks().get(clip).hidden()).isEqualTo(plain.masks().get(clip).hidden());
      for (int t = 0; t < chosen.length; t++) {
        assertThat(all[2 * t]).isEqualTo(chosen[t]);
        assertThat(all[2 * t + 1]).isEqualTo(chosen[t] + 1); // of stride 3, halfway
        int at = clip * doubled.bytes() + 2 * t * frame;
        int from = clip * SHAPE.bytes() + t * frame;
        assertThat(Arrays.copyOfRange(batch.clips(), at, at + frame))
            .isEqualTo(Arrays.copyOfRange(plain.clips(), from, from + frame));
      }
    }
  }

  @Test
  void next_onePass_takesEachVideoOnceInAnotherOrderEachTime() throws Exception {
    List<Batch> batches = take(4, 9, 4, config(1, 2, "0", 0.1), Cursor.START);
    List<List<Integer>> passes = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      List<Integer> seen = new ArrayList<>();
      for (Batch batch : batches.subList(2 * pass, 2 * pass + 2)) {
        batch.draws().forEach(draw -> seen.add(draw.video()));
      }
      assertThat(seen).hasSize(8).doesNotHaveDuplicates();
      passes.add(seen);
    }
    assertThat(passes.get(0)).isNotEqualTo(passes.get(1));
    assertThat(batches.get(1).next()).isEqualTo(new Cursor(1, 0, Map.of()));
  }

  @Test
  void next_repeats_openAVideoOnceAndGiveDifferentClips() throws Exception {
    DataConfig config = config(4, 1, "0", 0.1);
    Batch batch = take(1, 10, 8, config, Cursor.START).get(0);
    assertThat(batch.size()).isEqualTo(8);
    assertThat(batch.draws().stream().map(ClipDraw::video).distinct()).hasSize(2);
    Set<String> draws = new HashSet<>();
    Set<String> masks = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      assertThat(batch.draws().get(i).video()).isEqualTo(batch.draws().get(0).video());
      draws.add(batch.draws().get(i).toString());
      masks.add(Arrays.toString(batch.masks().get(i).hidden()));
    }
    assertThat(draws).hasSize(4);
    assertThat(masks.size()).isGreaterThan(1);
    assertThat(videos.opened.get()).isLessThanOrEqualTo(2 + 3 * 2 + 1);
  }

  @Test
  void next_draws_makeTheSamePixelsAgain() throws Exception {
    Batch batch = take(1, 10, 6, config(3, 2, "0", 0.1), Cursor.START).get(0);
    for (int i = 0; i < batch.size(); i++) {
      ClipDraw draw = batch.draws().get(i);
      try (VideoReader reader =
          videos.open(Path.of("v" + draw.video() + ".mp4"), DecodeOptions.NATIVE)) {
        Frames again = draw.crop().apply(reader.frames(draw.frames()), 8, 8);
        byte[] clip = Arrays.copyOfRange(batch.clips(), i * SHAPE.bytes(), (i + 1) * SHAPE.bytes());
        assertThat(clip).isEqualTo(again.rgb());
      }
      Mask mask = batch.masks().get(i);
      assertThat(mask.visible().length + mask.hidden().length).isEqualTo(SHAPE.tokens());
    }
  }

  @Test
  void next_everyReader_isClosed() throws Exception {
    take(6, 7, 3, config(1, 3, "100KiB", 0.1), Cursor.START);
    assertThat(videos.closed.get()).isEqualTo(videos.opened.get());
  }

  @Test
  void next_fewerVideosThanABatchTakes_repeatsThem() throws Exception {
    List<Batch> batches = take(2, 3, 8, config(1, 2, "0", 0.1), Cursor.START);
    Batch batch = batches.get(0);
    assertThat(batch.draws().stream().map(ClipDraw::video).distinct()).hasSize(3);
    assertThat(batch.draws().stream().map(ClipDraw::toString).distinct().count()).isGreaterThan(3);
    assertThat(batch.next().pass()).isEqualTo(1);
    assertThat(batch.clips()).isNotEqualTo(batches.get(1).clips());
  }

  @Test
  void next_brokenVideo_isNamedAndItsPlaceTakenByTheNext() throws Exception {
    List<Batch> healthy = take(3, 30, 4, config(1, 2, "0", 0.1), Cursor.START);
    int second = healthy.get(0).draws().get(1).video();
    videos.broken.add("v" + second + ".mp4");
    try (ClipLoader loader = loader(30, 4, config(1, 2, "0", 0.1), Cursor.START)) {
      Batch batch = loader.next();
      assertThat(batch.draws().stream().map(ClipDraw::video))
          .containsExactly(
              healthy.get(0).draws().get(0).video(),
              healthy.get(0).draws().get(2).video(),
              healthy.get(0).draws().get(3).video(),
              healthy.get(1).draws().get(0).video());
      assertThat(loader.quarantine().broken())
          .containsOnlyKeys("v" + second + ".mp4")
          .containsValue("moov atom not found");
      assertThat(batch.next().broken()).isEqualTo(loader.quarantine().broken());
    }
  }

  @Test
  void next_videoKnownAsBroken_isNotTriedAgain() throws Exception {
    Cursor known = new Cursor(0, 0, Map.of("v1.mp4", "moov atom not found"));
    for (Batch batch : take(4, 3, 3, config(1, 2, "0", 0.5), known)) {
      assertThat(batch.draws()).noneMatch(draw -> draw.video() == 1);
    }
    assertThat(videos.asked).containsExactlyInAnyOrder("v0.mp4", "v2.mp4");
  }

  @Test
  void next_tooManyBroken_failsNamingShareAndFiles() {
    for (int i = 0; i < 20; i += 2) {
      videos.broken.add("v" + i + ".mp4");
    }
    assertThatThrownBy(() -> take(10, 20, 4, config(1, 4, "0", 0.1), Cursor.START))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 of 20")
        .hasMessageContaining("15.0 %")
        .hasMessageContaining("10.0 %")
        .hasMessageContaining("moov atom not found");
  }

  @Test
  void next_allBroken_failsWhateverIsAllowed() {
    videos.broken.addAll(List.of("v0.mp4", "v1.mp4", "v2.mp4"));
    assertThatThrownBy(() -> take(1, 3, 2, config(1, 2, "0", 1), Cursor.START))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 of 3");
  }

  @Test
  void next_allBrokenBeforeTheStart_failsAtOnce() {
    Cursor start = new Cursor(0, 0, Map.of("v0.mp4", "gone", "v1.mp4", "gone"));
    assertThatThrownBy(() -> take(1, 2, 2, config(1, 2, "0", 1), start))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 of 2");
  }

  @Test
  void next_failureThatIsNotTheVideos_surfacesAndDoesNotBlock() throws Exception {
    videos.before =
        () -> {
          throw new StackOverflowError("a fault of the program");
        };
    try (ClipLoader loader = loader(10, 4, config(1, 2, "0", 0.1), Cursor.START)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(loader::next)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(".mp4")
            .hasMessageContaining("a fault of the program");
      }
      assertThat(loader.quarantine().count()).isZero();
    }
  }

  @Test
  void next_unexpectedFailureOfOneFile_leavesThatFileOut() throws Exception {
    videos.faulty.add("v3.mp4");
    try (ClipLoader loader = loader(10, 5, config(1, 2, "0", 0.1), Cursor.START)) {
      for (int i = 0; i < 4; i++) {
        assertThat(loader.next().draws()).noneMatch(draw -> draw.video() == 3);
      }
      assertThat(loader.quarantine().broken()).containsOnlyKeys("v3.mp4");
      assertThat(loader.quarantine().broken().get("v3.mp4"))
          .startsWith("unexpected, twice: ")
          .contains("a fault of the reader");
    }
  }

  @Test
  void next_unexpectedFailureThatPasses_changesNothing() throws Exception {
    List<Batch> healthy = take(4, 10, 5, config(1, 2, "0", 0), Cursor.START);
    videos.faultyOnce.addAll(List.of("v3.mp4", "v7.mp4"));
    assertSame(healthy, take(4, 10, 5, config(1, 2, "0", 0), Cursor.START));
    assertThat(videos.faultyOnce).isEmpty();
  }

  @Test
  void next_aVideoNeverAnswers_isGivenUpAndItsThreadReplaced() throws Exception {
    videos.hanging.addAll(List.of("v2.mp4", "v5.mp4"));
    OpenOptions quick = new OpenOptions(OpenOptions.OFF, StreamChoice.BEST, 0, 0.6, 1, 1);
    DataConfig config = config(1, 1, "0", 0.5, quick);
    try (ClipLoader loader = loader(8, 3, config, Cursor.START)) {
      for (int i = 0; i < 6; i++) {
        assertThat(loader.next().draws()).noneMatch(draw -> draw.video() == 2 || draw.video() == 5);
      }
      assertThat(loader.quarantine().broken()).containsOnlyKeys("v2.mp4", "v5.mp4");
      assertThat(loader.quarantine().broken().get("v2.mp4")).contains("no answer in 1.8");
    } finally {
      videos.released.countDown();
    }
  }

  @Test
  void next_oneSlowVideo_keepsItsPlaceWhileOthersAreMade() throws Exception {
    List<Batch> calm = take(3, 12, 4, config(1, 2, "0", 0), Cursor.START);
    String slow = "v" + calm.get(0).draws().get(0).video() + ".mp4";
    videos.asked.clear();
    videos.hanging.add(slow);
    try (ClipLoader loader = loader(12, 4, config(1, 2, "0", 0), Cursor.START)) {
      FutureTask<Batch> first = new FutureTask<>(loader::next);
      new Thread(first).start();
      while (videos.asked.size() < 8) {
        Thread.onSpinWait(); // the other thread makes all that is made ahead: two batches
      }
      assertThat(first.isDone()).isFalse();
      videos.released.countDown();
      assertSame(calm, List.of(first.get(), loader.next(), loader.next()));
    }
  }

  @Test
  void next_interrupted_losesNothing() throws Exception {
    List<Batch> calm = take(2, 10, 4, config(1, 1, "0", 0.1), Cursor.START);
    CountDownLatch go = new CountDownLatch(1);
    videos.before = () -> await(go);
    try (ClipLoader loader = loader(10, 4, config(1, 1, "0", 0.1), Cursor.START)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(loader::next).isInstanceOf(InterruptedException.class);
      go.countDown();
      assertSame(calm, List.of(loader.next(), loader.next()));
      assertThat(loader.waitSeconds()).isPositive();
    }
  }

  @Test
  void close_whileNextWaits_freesIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch working = new CountDownLatch(1);
    videos.before =
        () -> {
          working.countDown();
          await(never);
        };
    ClipLoader loader = loader(10, 4, config(1, 2, "0", 0.1), Cursor.START);
    FutureTask<Batch> waiting = new FutureTask<>(loader::next);
    Thread thread = new Thread(waiting);
    thread.start();
    assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
    loader.close();
    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(Exception.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(loader::next).hasMessageContaining("closed");
  }

  @Test
  void workers_areDaemonsWithNames() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    videos.before =
        () -> {
          synchronized (threads) {
            threads.add(Thread.currentThread());
          }
          seen.countDown();
        };
    take(1, 10, 4, config(1, 2, "0", 0.1), Cursor.START);
    assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
    synchronized (threads) {
      assertThat(threads)
          .allMatch(Thread::isDaemon)
          .allMatch(t -> t.getName().startsWith("clip-loader-"));
    }
  }

  @Test
  void batch_noMultipleOfRepeats_isRefusedWithBothNumbers() {
    assertThatThrownBy(() -> loader(10, 6, config(4, 1, "0", 0.1), Cursor.START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch=6")
        .hasMessageContaining("repeats=4");
    assertThatThrownBy(() -> batchOf(0)).hasMessageContaining("0");
    assertThatThrownBy(
            () -> BatchSpec.masked(2000, new ClipShape(16, 224, 224, 2, 16), new TubeMasking(0.9)))
        .hasMessageContaining("2000");
  }

  @Test
  void batchesPerPass_dropsTheLastIncompleteBatch() {
    try (ClipLoader loader = loader(11, 8, config(2, 1, "0", 0.1), Cursor.START)) {
      assertThat(loader.batchesPerPass()).isEqualTo(2);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

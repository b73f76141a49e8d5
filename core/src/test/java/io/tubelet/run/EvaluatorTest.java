package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.augment.TestCrops;
import io.tubelet.clip.ClipShape;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewMaker;
import io.tubelet.data.ViewsConfig;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.MissingVideo;
import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Missing;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.ClassifierInitialisation;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.Pooling;
import io.tubelet.model.PositionKind;
import io.tubelet.model.VideoClassifier;
import io.tubelet.nn.BlockConfig;
import io.tubelet.sample.DenseClips;
import io.tubelet.synthetic.MotionClips;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.Placement;
import io.tubelet.train.StopSignal;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final int VIDEOS = 10;
  private static final ViewsConfig VIEWS =
      new ViewsConfig(new ViewCount(2, 3), new DenseClips(1), TestCrops.VIDEO_MAE, 32);
  private static final VideoClassifier MODEL =
      VideoClassifier.fresh(
          new ClassifierConfig(
              new ClipShape(4, 32, 24, 2, 8),
              new EncoderConfig(16, 1, 2),
              BlockConfig.VIDEO_MAE,
              PositionKind.SIN_COS,
              false,
              Pooling.ALL_TOKENS,
              10,
              0,
              0,
              ClassifierInitialisation.VIDEO_MAE,
              20),
          Compute.CPU_FP32,
          3);

  private static LabelledVideos videos =
      new LabelledVideos(
          new Manifest(Path.of("-"), List.of(new Entry("-", Path.of("-"), 0))),
          ClassNames.numbered(1),
          List.of());

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    MotionClips clips = new MotionClips(70, 10, 32, 4);
    clips.prepare(folder.resolve("clips"), done -> {});
    List<Entry> test = Manifest.read(folder.resolve("clips/test.csv")).entries().subList(0, VIDEOS);
    videos = labelled(folder.resolve("clips/test.csv"), test);
  }

  @AfterAll
  static void closeModel() {
    MODEL.close();
  }

  @ParameterizedTest(name = "{0} workers, batch {1}")
  @CsvSource({"1, 1", "2, 4", "3, 7", "2, 6", "0, 200"})
  void evaluate_anyWorkersAndBatch_givesTheMeanOfTheViewsInTheOrderOfTheList(int workers, int batch)
      throws Exception {
    List<Integer> heard = new ArrayList<>();

    Evaluation evaluation =
        evaluator(workers, batch).evaluate(videos, false, new StopSignal(), heard::add);

    assertThat(heard).isEqualTo(IntStream.rangeClosed(1, VIDEOS).boxed().toList());
    assertThat(evaluation.results())
        .extracting(ClipResult::name)
        .isEqualTo(videos.manifest().entries().stream().map(Entry::name).toList());
    assertThat(evaluation.results()).extracting(ClipResult::label).isEqualTo(labels());
    assertThat(evaluation.listed()).isEqualTo(VIDEOS);
    assertThat(evaluation.missing()).isEmpty();
    for (int v = 0; v < VIDEOS; v++) {
      double[] expected = meanOfViews(videos.manifest().entries().get(v).file());
      for (int k = 0; k < expected.length; k++) {
        assertThat(evaluation.results().get(v).prediction().probability(k))
            .isCloseTo(expected[k], within(1e-5));
      }
    }
  }

  @Test
  void evaluate_brokenVideo_isRefusedByNameUnlessAllowed(@TempDir Path folder) throws Exception {
    List<Entry> entries = new ArrayList<>(videos.manifest().entries());
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
    entries.add(3, new Entry("text.mp4", text, 1));
    LabelledVideos mixed = labelled(folder.resolve("mixed.csv"), entries);

    assertThatThrownBy(() -> evaluator(2, 4).evaluate(mixed, false, new StopSignal(), done -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(text.toString())
        .hasMessageContaining("--allow-missing");
    Evaluation evaluation = evaluator(2, 4).evaluate(mixed, true, new StopSignal(), done -> {});
    assertThat(evaluation.results()).hasSize(VIDEOS);
    assertThat(evaluation.listed()).isEqualTo(VIDEOS + 1);
    assertThat(evaluation.missing()).extracting(Missing::name).containsExactly("text.mp4");
    assertThat(evaluation.results())
        .extracting(ClipResult::name)
        .isEqualTo(videos.manifest().entries().stream().map(Entry::name).toList());
  }

  @Test
  void evaluate_lastVideoBroken_isNotForgotten(@TempDir Path folder) throws Exception {
    List<Entry> entries = new ArrayList<>(videos.manifest().entries());
    entries.add(new Entry("last.mp4", Files.createFile(folder.resolve("last.mp4")), 0));
    LabelledVideos mixed = labelled(folder.resolve("mixed.csv"), entries);

    assertThat(evaluator(2, 6).evaluate(mixed, true, new StopSignal(), done -> {}).missing())
        .extracting(Missing::name)
        .containsExactly("last.mp4");
    assertThatThrownBy(() -> evaluator(2, 6).evaluate(mixed, false, new StopSignal(), done -> {}))
        .hasMessageContaining("last.mp4");
  }

  @Test
  void evaluate_videosThatAreNotThere_countAsMissing() throws Exception {
    LabelledVideos some =
        new LabelledVideos(
            videos.manifest(),
            videos.classes(),
            List.of(new MissingVideo("list.csv, line 7", "gone.mp4")));

    Evaluation evaluation = evaluator(2, 4).evaluate(some, true, new StopSignal(), done -> {});

    assertThat(evaluation.listed()).isEqualTo(VIDEOS + 1);
    assertThat(evaluation.missing())
        .containsExactly(new Missing("gone.mp4", "no such file (list.csv, line 7)"));
  }

  @Test
  void evaluate_nothingReadable_isAnErrorThatNamesTheFirst(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    LabelledVideos none =
        labelled(folder.resolve("none.csv"), List.of(new Entry("empty.mp4", empty, 0)));

    assertThatThrownBy(() -> evaluator(2, 4).evaluate(none, true, new StopSignal(), done -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none of the 1 videos")
        .hasMessageContaining("empty.mp4");
  }

  @Test
  void evaluate_otherNumberOfClasses_isRefusedAtOnce() {
    LabelledVideos more = new LabelledVideos(videos.manifest(), ClassNames.numbered(12), List.of());

    assertThatThrownBy(() -> evaluator(2, 4).evaluate(more, true, new StopSignal(), done -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("12 classes")
        .hasMessageContaining("10");
  }

  @Test
  void evaluate_askedToStop_isInterruptedAndItsThreadsEnd() throws Exception {
    StopSignal stop = new StopSignal();

    assertThatThrownBy(() -> evaluator(3, 6).evaluate(videos, false, stop, done -> stop.request()))
        .isInstanceOf(InterruptedException.class);
    assertThat(viewMakers()).isEmpty();
  }

  @Test
  void evaluate_interrupted_endsItsThreads() throws Exception {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> evaluator(3, 6).evaluate(videos, false, new StopSignal(), done -> {}))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(viewMakers()).isEmpty();
  }

  @Test
  void evaluate_toTheEnd_leavesNoThreadAndNoNativeObject() throws Exception {
    evaluator(3, 6).evaluate(videos, false, new StopSignal(), done -> {});
    long before = Pointer.totalCount();

    evaluator(3, 6).evaluate(videos, false, new StopSignal(), done -> {});

    assertThat(viewMakers()).isEmpty();
    assertThat(Pointer.totalCount() - before).isLessThan(10);
  }

  @ParameterizedTest
  @CsvSource({"-1, 4, workers", "2, 0, batch", "2, -3, batch", "2, 2000000000, batch"})
  void evaluator_portionsThatAreNone_areNamed(int workers, int batch, String field) {
    assertThatThrownBy(() -> evaluator(workers, batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }

  private static Evaluator evaluator(int workers, int batch) {
    return new Evaluator(
        Videos::open, MODEL, PixelNorm.IMAGENET, VIEWS, Placement.CPU, workers, batch);
  }

  private static LabelledVideos labelled(Path list, List<Entry> entries) {
    return new LabelledVideos(new Manifest(list, entries), ClassNames.numbered(10), List.of());
  }

  private static List<Integer> labels() {
    return IntStream.of(videos.labels()).boxed().toList();
  }

  /** View by view. */
  private static double[] meanOfViews(Path file) throws IOException {
    ClipShape shape = MODEL.config().clip();
    byte[] views = new ViewMaker(Videos::open, VIEWS, shape).make(file).pixels();
    int count = views.length / shape.bytes();
    assertThat(count).isEqualTo(6);
    double[] mean = new double[10];
    try (ComputeThreads threads = new ComputeThreads(1, 1)) {
      Classification one = new Classification(MODEL, PixelNorm.IMAGENET, Placement.CPU, threads);
      for (int i = 0; i < count; i++) {
        byte[] view = Arrays.copyOfRange(views, i * shape.bytes(), (i + 1) * shape.bytes());
        float[] probabilities = one.probabilities(view, 1)[0];
        for (int k = 0; k < mean.length; k++) {
          mean[k] += (double) probabilities[k] / count;
        }
      }
    }
    return mean;
  }

  /** Those that live on; one that has done its work may need a moment to end. */
  private static List<Thread> viewMakers() throws InterruptedException {
    List<Thread> makers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("view-maker"))
            .toList();
    for (Thread maker : makers) {
      maker.join(2000);
    }
    return makers.stream().filter(Thread::isAlive).toList();
  }
}

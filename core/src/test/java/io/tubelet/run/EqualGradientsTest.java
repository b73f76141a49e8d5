package io.tubelet.run;

import static io.tubelet.fixture.Closeness.difference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.checkpoint.Safetensors;
import io.tubelet.config.PretrainConfig;
import io.tubelet.data.Manifest;
import io.tubelet.fixture.LargestErrors;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a batch is computed must not change its gradient, parameter by parameter, through the whole
 * of a run: loader, loop and both families' models.
 *
 * <p>The gradient is read off the first checkpoint: after one update the optimiser's first moment
 * is the gradient times {@code 1 - beta1}.
 */
class EqualGradientsTest {
  private static final String MAE_ST = "mae-st-k400-vit-b";
  private static final String VIDEO_MAE = "videomae-k400-vit-b-800";

  /**
   * Of the tensor's largest. Sums over clips are taken in another order, and each part is rounded
   * to float32 once more, a share of 6e-8 each time: bits cannot be equal. Where the terms of a sum
   * cancel, their rounding is a larger share of what remains.
   */
  private static final double ROUNDING = 5e-6;

  private static final LargestErrors ERRORS = new LargestErrors("equal-gradients");

  private static Path list = Path.of("");

  @BeforeAll
  static void clips(@TempDir Path folder) throws Exception {
    list = SmallRun.clips(folder);
  }

  @AfterAll
  static void writeErrors() throws IOException {
    ERRORS.write();
  }

  @ParameterizedTest
  @CsvSource({MAE_ST + ", 4", MAE_ST + ", 1", VIDEO_MAE + ", 4", VIDEO_MAE + ", 1"})
  void batchInParts_givesTheGradientOfTheWhole(String recipe, int part, @TempDir Path folder)
      throws Exception {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> whole = gradients(recipe, folder.resolve("whole"));
      Map<String, Tensor> parts =
          gradients(
              recipe,
              folder.resolve("parts"),
              "train.batch",
              Integer.toString(part),
              "train.accumulate",
              Integer.toString(8 / part));

      assertThat(parts.keySet()).isEqualTo(whole.keySet());
      whole.forEach(
          (name, expected) ->
              ERRORS.assertCloseToScale(
                  "8 clips in parts of " + part, parts.get(name), expected, ROUNDING, name));
    }
  }

  @ParameterizedTest
  @CsvSource({MAE_ST + ", 2, 1", MAE_ST + ", 3, 2", VIDEO_MAE + ", 2, 2", VIDEO_MAE + ", 8, 1"})
  void batchDividedAmongReplicas_givesTheGradientOfTheWhole(
      String recipe, int replicas, int accumulate, @TempDir Path folder) throws Exception {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> whole = gradients(recipe, folder.resolve("whole"), "train.replicas", "1");
      Map<String, Tensor> divided =
          gradients(
              recipe,
              folder.resolve("divided"),
              "train.replicas",
              Integer.toString(replicas),
              "train.batch",
              Integer.toString(8 / accumulate),
              "train.accumulate",
              Integer.toString(accumulate));

      assertThat(divided.keySet()).isEqualTo(whole.keySet());
      whole.forEach(
          (name, expected) ->
              ERRORS.assertCloseToScale(
                  "8 clips, %d replicas".formatted(replicas),
                  divided.get(name),
                  expected,
                  ROUNDING,
                  name));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void batchDividedAmongReplicas_twice_givesTheSameBits(int replicas, @TempDir Path folder)
      throws Exception {
    String[] settings = {"train.replicas", Integer.toString(replicas)};
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> once = gradients(VIDEO_MAE, folder.resolve("once"), settings);
      Map<String, Tensor> again = gradients(VIDEO_MAE, folder.resolve("again"), settings);

      once.forEach(
          (name, expected) -> assertThat(difference(again.get(name), expected)).as(name).isZero());
    }
  }

  @ParameterizedTest
  @CsvSource({
    MAE_ST + ", recompute",
    VIDEO_MAE + ", recompute",
    MAE_ST + ", recompute-first-1",
    VIDEO_MAE + ", recompute-first-1"
  })
  void activationsRecomputed_giveTheSameGradientBitForBit(
      String recipe, String activations, @TempDir Path folder) throws Exception {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> kept = gradients(recipe, folder.resolve("kept"));
      Map<String, Tensor> recomputed =
          gradients(recipe, folder.resolve("recomputed"), "train.activations", activations);

      assertThat(recomputed.keySet()).isEqualTo(kept.keySet());
      kept.forEach(
          (name, expected) ->
              assertThat(difference(recomputed.get(name), expected)).as(name).isZero());
    }
  }

  /** Of every parameter in the first update, times {@code 1 - beta1}. */
  private static Map<String, Tensor> gradients(String recipe, Path folder, String... changes)
      throws IOException, InterruptedException {
    Map<String, String> settings = new LinkedHashMap<>(SmallRun.SETTINGS);
    settings.putAll(
        Map.of(
            "model.encoder.heads", "2",
            "model.decoder.heads", "2",
            "optimizer.clip-norm", "0",
            "train.precision", "fp32",
            "train.accumulate", "1",
            "train.log-every", "1"));
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    PretrainPlan plan =
        new PretrainPlan(PretrainConfig.read(recipe, settings), Manifest.read(list));
    StopSignal stop = new StopSignal();
    SmallRun.run(plan, folder, stop, stoppingAtOnce(stop));
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    try (Safetensors moments =
        Safetensors.open(folder.resolve("step-00000001/optimizer.safetensors"))) {
      moments
          .load()
          .forEach(
              (name, moment) -> {
                if (name.startsWith("moment1.")) {
                  assertThat(moment.abs().max().item_double()).as(name).isPositive();
                  gradients.put(name, moment.clone());
                }
              });
    }
    return gradients;
  }

  private static StepSink stoppingAtOnce(StopSignal stop) {
    return new StepSink() {
      @Override
      public void accept(StepReport report) {
        stop.request();
      }

      @Override
      public void close() {}
    };
  }
}

package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTrialTest {
  private static final FeatureRequest REQUEST = new FeatureRequest(2, "1x2", Precision.FP32, 6, 2);

  /** A feature for each view, its first byte, off by a share of {@code error} up and down. */
  private record Fake(float error, List<Integer> seen) implements Backbone {
    @Override
    public Tensor features(byte[] pixels, int clips) {
      float[] values = new float[clips];
      for (int i = 0; i < clips; i++) {
        int first = pixels[i * (pixels.length / clips)];
        seen.add(first);
        values[i] = first + error * (i % 2 == 0 ? 1 : -1);
      }
      return HostArrays.ofFloats(values, clips, 1);
    }

    @Override
    public String digest() {
      return "weights";
    }
  }

  /** Clip i has two views of 3 bytes that both begin with i. */
  private static List<LabelledClip> clips(int count, AtomicInteger decoded) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new LabelledClip(
                    "clip-" + i,
                    0,
                    () -> {
                      decoded.incrementAndGet();
                      return new byte[] {(byte) i, 0, 0, (byte) i, 0, 0};
                    }))
        .toList();
  }

  /** The bytes 0 to 15 have a deviation of {@code sqrt((16 * 16 - 1) / 12)}. */
  @Test
  void of_sixteenClips_isTheHandComputation() throws Exception {
    PrecisionTrial trial =
        PrecisionTrial.of(
                new Fake(0, new ArrayList<>()),
                new Fake(0.25f, new ArrayList<>()),
                REQUEST,
                clips(16, new AtomicInteger()),
                () -> false)
            .orElseThrow();

    double deviation = Math.sqrt(255 / 12.0);
    assertThat(trial.clips()).isEqualTo(16);
    assertThat(trial.agreement().typical()).isCloseTo(0.25 / deviation, within(1e-9));
    assertThat(trial.speed()).isPositive();
  }

  @Test
  void of_aLongList_decodesClipsOfAllOverItOnce() throws Exception {
    List<Integer> exact = new ArrayList<>();
    List<Integer> brief = new ArrayList<>();
    AtomicInteger decoded = new AtomicInteger();

    PrecisionTrial.of(
        new Fake(0, exact), new Fake(0, brief), REQUEST, clips(100, decoded), () -> false);

    assertThat(decoded).hasValue(16);
    assertThat(exact).isEqualTo(brief).hasSize(2 * 16).startsWith(0, 0, 6, 6).endsWith(93, 93);
  }

  @Test
  void of_manyViews_looksAtFewerClips() throws Exception {
    List<LabelledClip> clips =
        IntStream.range(0, 50)
            .mapToObj(i -> new LabelledClip("clip-" + i, 0, () -> new byte[30]))
            .toList();
    Fake fake = new Fake(0, new ArrayList<>());
    FeatureRequest thirty = new FeatureRequest(30, "5x3, and mirrored", Precision.FP32, 32, 1);

    assertThat(PrecisionTrial.of(fake, fake, thirty, clips, () -> false).orElseThrow().clips())
        .isEqualTo(4);
  }

  @Test
  void of_oneClip_isRefusedWithTheNumber() {
    Fake fake = new Fake(0, new ArrayList<>());
    assertThatThrownBy(
            () ->
                PrecisionTrial.of(fake, fake, REQUEST, clips(1, new AtomicInteger()), () -> false))
        .hasMessageContaining("at least two clips are needed, got 1");
  }

  @Test
  void of_stopped_isEmptyAndLeavesNothing() throws Exception {
    Fake fake = new Fake(0, new ArrayList<>());
    long before = Pointer.totalCount();
    assertThat(PrecisionTrial.of(fake, fake, REQUEST, clips(8, new AtomicInteger()), () -> true))
        .isEmpty();
    PrecisionTrial.of(fake, fake, REQUEST, clips(8, new AtomicInteger()), () -> false);
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 2.00, BF16",
    "0.01, 1.10, BF16",
    "0.01, 1.09, FP32",
    "0.01, 0.40, FP32",
    "0.04, 2.00, FP32",
  })
  void choice_isBf16WhereEqualAndFaster(double typical, double speed, Precision choice) {
    PrecisionTrial trial = new PrecisionTrial(new FeatureAgreement(0.1, typical), 16, speed);
    assertThat(trial.choice()).isEqualTo(choice);
    assertThat(trial)
        .asString()
        .contains("16 clips", "%.2f times as fast".formatted(speed), "0.0316");
  }
}

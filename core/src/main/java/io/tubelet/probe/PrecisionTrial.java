package io.tubelet.probe;

import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What bf16 does to the features of some clips, and what it saves on this machine: the grounds on
 * which a probe's features are computed in it or not.
 *
 * @param agreement of the features in bf16 with those in float32
 * @param clips compared
 * @param speed how many times as fast bf16 was
 */
public record PrecisionTrial(FeatureAgreement agreement, int clips, double speed) {
  private static final int MOST_CLIPS = 16;
  private static final int FEWEST_CLIPS = 4;
  private static final int VIEWS = 64;

  /** Less may be chance. */
  private static final double WORTHWHILE = 1.1;

  /**
   * Computes a few clips in both formats: the first half to warm up, the second by the clock.
   *
   * @param exact computes in float32
   * @param brief has the same weights and computes in bf16
   * @param request how features are cut and computed, but for the precision
   * @param clips at least two; lists are often sorted by class, so some of all over it are taken
   * @param stop asked before every batch whether to leave
   * @return empty if stopped
   */
  public static Optional<PrecisionTrial> of(
      Backbone exact,
      Backbone brief,
      FeatureRequest request,
      List<LabelledClip> clips,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    List<LabelledClip> some = decoded(spread(clips, request.viewsPerClip()), request.workers());
    List<LabelledClip> first = some.subList(0, some.size() / 2);
    List<LabelledClip> second = some.subList(some.size() / 2, some.size());
    FeatureExtraction slow = extraction(exact, request.in(Precision.FP32), stop);
    FeatureExtraction fast = extraction(brief, request.in(Precision.BF16), stop);
    try (TensorScope scope = new TensorScope()) {
      Optional<Tensor> exactFirst = slow.compute(first);
      Optional<Tensor> briefFirst = fast.compute(first);
      long begin = System.nanoTime();
      Optional<Tensor> exactSecond = slow.compute(second);
      long between = System.nanoTime();
      Optional<Tensor> briefSecond = fast.compute(second);
      long end = System.nanoTime();
      if (exactFirst.isEmpty()
          || briefFirst.isEmpty()
          || exactSecond.isEmpty()
          || briefSecond.isEmpty()) {
        return Optional.empty();
      }
      FeatureAgreement agreement =
          FeatureAgreement.of(
              joined(exactFirst.get(), exactSecond.get()),
              joined(briefFirst.get(), briefSecond.get()));
      double speed = (double) (between - begin) / Math.max(1, end - between);
      return Optional.of(new PrecisionTrial(agreement, some.size(), speed));
    }
  }

  /** Some clips at even distances. */
  private static List<LabelledClip> spread(List<LabelledClip> clips, int viewsPerClip) {
    if (clips.size() < 2) {
      throw new IllegalArgumentException("at least two clips are needed, got " + clips.size());
    }
    int wanted = Math.max(FEWEST_CLIPS, Math.min(MOST_CLIPS, VIEWS / viewsPerClip));
    int count = Math.min(wanted, clips.size());
    List<LabelledClip> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(clips.get((int) ((long) i * clips.size() / count)));
    }
    return some;
  }

  /** The same clips with their pixels at hand: decoding is not what is timed. */
  private static List<LabelledClip> decoded(List<LabelledClip> clips, int workers)
      throws IOException, InterruptedException {
    List<LabelledClip> ready = new ArrayList<>();
    try (ReadAhead pixels = new ReadAhead(clips, workers, workers)) {
      for (LabelledClip clip : clips) {
        byte[] views = pixels.next();
        ready.add(new LabelledClip(clip.name(), clip.label(), () -> views));
      }
    }
    return ready;
  }

  private static FeatureExtraction extraction(
      Backbone backbone, FeatureRequest request, BooleanSupplier stop) {
    return new FeatureExtraction(backbone, request, (clips, of) -> {}, stop);
  }

  private static Tensor joined(Tensor first, Tensor second) {
    return torch.cat(new TensorVector(first, second));
  }

  /** In what the features of all clips should be computed. */
  public Precision choice() {
    return agreement.isClose() && speed >= WORTHWHILE ? Precision.BF16 : Precision.FP32;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "on %d clips bf16 is %.2f times as fast as fp32 (%.1f would pay) and off by %s"
            + " (below %.4f typically it counts as equal)",
        clips,
        speed,
        WORTHWHILE,
        agreement,
        FeatureAgreement.CLOSE);
  }
}

package io.tubelet.probe;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Judges clips in portions that fit into memory, however many there are. */
final class Evaluation {
  /** Values held at once. */
  private static final long PORTION = 1 << 23;

  /** What is done with {@code judged [S, b, C]} of the clips from number {@code first} on. */
  private interface Portion {
    void take(Tensor judged, int first);
  }

  private Evaluation() {}

  /** The score of every setting. */
  static List<Score> scores(FittedProbe probe, FeatureSet set, int settings) {
    try (TensorScope scope = new TensorScope()) {
      Tensor labels = HostArrays.ofLongs(longs(set.labels()), 1, set.clips(), 1);
      Tensor right = torch.zeros(new long[] {settings}, new TensorOptions(ScalarType.Double));
      Tensor loss = torch.zeros(new long[] {settings}, new TensorOptions(ScalarType.Double));
      forEachPortion(
          probe,
          set,
          (judged, first) -> {
            long b = judged.size(1);
            Tensor label = labels.narrow(1, first, b).expand(settings, b, 1); // [S, b, 1]
            right.add_(judged.argmax(new LongOptional(2), true).eq(label).sum(1, 2));
            loss.sub_(judged.gather(2, label).sum(1, 2));
          });
      return IntStream.range(0, settings)
          .mapToObj(
              s ->
                  score(
                      right.select(0, s).item_double(),
                      loss.select(0, s).item_double(),
                      set.clips()))
          .toList();
    }
  }

  private static Score score(double right, double loss, int clips) {
    return Double.isFinite(loss)
        ? new Score(right / clips, loss / clips, clips)
        : new Score(0, Double.POSITIVE_INFINITY, clips);
  }

  /** What one setting makes of every clip: {@code [n][C]}, each row adding up to 1. */
  static float[][] probabilities(FittedProbe probe, FeatureSet set, int setting) {
    float[][] rows = new float[set.clips()][];
    forEachPortion(
        probe,
        set,
        (judged, first) -> {
          Tensor p = judged.select(0, setting).exp(); // [b, C]
          int classes = (int) p.size(1);
          float[] flat = HostArrays.toFloats(p);
          for (int i = 0; i < p.size(0); i++) {
            rows[first + i] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
          }
        });
    return rows;
  }

  private static void forEachPortion(FittedProbe probe, FeatureSet set, Portion action) {
    int portion = (int) Math.max(1, PORTION / probe.valuesPerClip(set.views(), set.width()));
    for (int first = 0; first < set.clips(); first += portion) {
      try (TensorScope scope = new TensorScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        int b = Math.min(portion, set.clips() - first);
        Tensor judged = probe.logProbabilities(set.features().narrow(0, first, b));
        action.take(judged.cpu().to(ScalarType.Double), first);
      }
    }
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}

package io.tubelet.probe;

import io.tubelet.tensor.HostArrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Features drawn around a centre for each class, in the innermost scope. */
final class SyntheticFeatures {
  private SyntheticFeatures() {}

  /** Three sets, 60 clips to learn from, 30 to choose by, 45 to be judged on, of 3 classes. */
  static ProbeData data(int views, int width, double distance) {
    return new ProbeData(
        set(60, views, width, 3, distance, 1),
        set(30, views, width, 3, distance, 2),
        set(45, views, width, 3, distance, 3),
        3);
  }

  /**
   * @param distance of the centres from the origin, in deviations of a clip from its centre
   */
  static FeatureSet set(int clips, int views, int width, int classes, double distance, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[clips * views * width];
    int[] labels = new int[clips];
    for (int i = 0; i < clips; i++) {
      labels[i] = i % classes;
      for (int v = 0; v < views; v++) {
        for (int d = 0; d < width; d++) {
          double centre = d % classes == labels[i] ? distance : 0;
          values[(i * views + v) * width + d] = (float) (centre + random.nextGaussian());
        }
      }
    }
    return of(values, labels, views, width);
  }

  static FeatureSet of(float[] values, int[] labels, int views, int width) {
    return new FeatureSet(
        HostArrays.ofFloats(values, labels.length, views, width), labels, names(labels.length));
  }

  static List<String> names(int clips) {
    return IntStream.range(0, clips).mapToObj(i -> "clip-" + i).toList();
  }
}

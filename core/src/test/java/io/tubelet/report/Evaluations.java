package io.tubelet.report;

import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Missing;
import io.tubelet.evaluate.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Made-up evaluations of a classifier that confuses neighbouring classes. */
final class Evaluations {

  private Evaluations() {}

  static Evaluation of(List<String> classes, int clips, Missing... missing) {
    var random = new SplittableRandom(7);
    var results = new ArrayList<ClipResult>();
    for (int i = 0; i < clips; i++) {
      int label = random.nextInt(classes.size());
      results.add(
          new ClipResult(
              "%s/clip_%04d.mp4".formatted(classes.get(label).replace(' ', '_'), i),
              label,
              prediction(label, classes.size(), random)));
    }
    return new Evaluation(
        results, classes, clips + missing.length, List.of(missing), "5x3", clips * 0.4);
  }

  static List<String> classes(int count) {
    return IntStream.range(0, count)
        .mapToObj("pretending to do thing number %d"::formatted)
        .toList();
  }

  /** A softmax whose label, next class and any class compete; every seventh class is hard. */
  private static Prediction prediction(int label, int classes, SplittableRandom random) {
    double[] p = new double[classes];
    for (int k = 0; k < classes; k++) {
      p[k] = Math.exp(random.nextGaussian());
    }
    double ease = label % 7 == 3 ? 2 : 4 + label % 3;
    p[label] += Math.exp(ease + random.nextGaussian());
    p[(label + 1) % classes] += Math.exp(3 + 1.5 * random.nextGaussian());
    double sum = 0;
    for (double v : p) {
      sum += v;
    }
    for (int k = 0; k < classes; k++) {
      p[k] /= sum;
    }
    return new Prediction(p);
  }
}

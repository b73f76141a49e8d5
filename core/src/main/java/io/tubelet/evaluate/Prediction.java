package io.tubelet.evaluate;

import java.util.stream.IntStream;

/**
 * What a classifier says of a clip. Of classes with equal probability the one with the lower number
 * comes first, so that no result depends on a sort.
 *
 * <p>The array is not copied: whoever makes a {@code Prediction} gives it away.
 *
 * @param probabilities {@code [K]}, one for each class, 0 to 1
 */
public record Prediction(double[] probabilities) {

  /**
   * The least probability a log-loss is taken of: a float's softmax may well be 0, and one clip
   * must not make the mean infinite.
   */
  public static final double LEAST = 1e-12;

  public Prediction {
    if (probabilities.length == 0) {
      throw new IllegalArgumentException("a prediction needs at least one class");
    }
    for (int k = 0; k < probabilities.length; k++) {
      if (!(probabilities[k] >= 0 && probabilities[k] <= 1 + 1e-6)) { // NaN is refused too
        throw new IllegalArgumentException(
            "the probability of class %d must be 0 to 1, got %s".formatted(k, probabilities[k]));
      }
    }
  }

  /** K. */
  public int classes() {
    return probabilities.length;
  }

  public double probability(int label) {
    return probabilities[label];
  }

  /** The most probable class. */
  public int best() {
    int best = 0;
    for (int k = 1; k < classes(); k++) {
      if (probabilities[k] > probabilities[best]) {
        best = k;
      }
    }
    return best;
  }

  /** The {@code k} most probable classes, best first; all of them where there are fewer. */
  public int[] top(int k) {
    return IntStream.range(0, classes())
        .boxed()
        .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a])) // stable
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Place of a class in the order of {@link #top}, counted from 1. */
  public int rank(int label) {
    int before = 0;
    for (int k = 0; k < classes(); k++) {
      double p = probabilities[k];
      if (p > probabilities[label] || (p == probabilities[label] && k < label)) {
        before++;
      }
    }
    return before + 1;
  }

  /**
   * Negative natural logarithm of the label's probability, which counts as at least {@link #LEAST}.
   */
  public double logLoss(int label) {
    return -Math.log(Math.max(LEAST, probabilities[label]));
  }
}

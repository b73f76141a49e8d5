package io.tubelet.evaluate;

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
    return best(new boolean[classes()]);
  }

  /** The {@code k} most probable classes, best first; all of them where there are fewer. */
  public int[] top(int k) {
    int[] top = new int[Math.min(k, classes())];
    boolean[] taken = new boolean[classes()];
    for (int place = 0; place < top.length; place++) {
      top[place] = best(taken);
      taken[top[place]] = true;
    }
    return top;
  }

  private int best(boolean[] taken) {
    int best = -1;
    for (int k = 0; k < classes(); k++) {
      if (!taken[k] && (best < 0 || probabilities[k] > probabilities[best])) {
        best = k;
      }
    }
    return best;
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

package io.tubelet.evaluate;

import java.util.Arrays;

/**
 * Gathers the softmax scores of views, in whatever order they come, and averages those of a clip.
 *
 * <p>VideoMAE averages where mae_st sums; the order of classes is the same, and the mean is a
 * probability. Summed in double precision. For one thread.
 */
public final class ViewScores {

  /** A softmax in float32 sums to 1 within this; logits, which are given by mistake, do not. */
  private static final double TOLERANCE = 1e-3;

  private final int views;
  private final int classes;
  private final double[][] sums; // [clips, K], a row from its first view on
  private final int[] counts;

  /**
   * Nothing gathered yet.
   *
   * @param clips of the list, numbered from 0
   * @param views of every clip: temporal windows times spatial crops
   * @param classes K
   */
  public ViewScores(int clips, int views, int classes) {
    if (clips < 0 || views < 1 || classes < 1) {
      throw new IllegalArgumentException(
          "views and classes must be at least 1 and clips at least 0, got clips=%d views=%d classes=%d"
              .formatted(clips, views, classes));
    }
    this.views = views;
    this.classes = classes;
    this.sums = new double[clips][];
    this.counts = new int[clips];
  }

  /**
   * Takes in one more view.
   *
   * @param clip its number
   * @param probabilities {@code [K]}, softmax scores
   * @throws IllegalStateException when the clip has all its views already
   * @throws IllegalArgumentException when these are not the probabilities of K classes
   */
  public void add(int clip, float[] probabilities) {
    require(clip, probabilities);
    if (counts[clip] == views) {
      throw new IllegalStateException(
          "clip %d has all its %d views, and another came".formatted(clip, views));
    }
    if (counts[clip] == 0) {
      sums[clip] = new double[classes];
    }
    for (int k = 0; k < classes; k++) {
      sums[clip][k] += probabilities[k];
    }
    counts[clip]++;
  }

  /** How many views of a clip have come. */
  public int count(int clip) {
    return counts[clip];
  }

  /** Whether all views of a clip have come. */
  public boolean complete(int clip) {
    return counts[clip] == views;
  }

  /**
   * Mean over the views of a clip.
   *
   * @throws IllegalStateException when views are wanting: their mean would be another protocol's
   */
  public Prediction mean(int clip) {
    if (!complete(clip)) {
      throw new IllegalStateException(
          "clip %d has %d of its %d views".formatted(clip, counts[clip], views));
    }
    return new Prediction(Arrays.stream(sums[clip]).map(s -> s / views).toArray());
  }

  private void require(int clip, float[] probabilities) {
    if (probabilities.length != classes) {
      throw new IllegalArgumentException(
          "clip %d: scores of %d classes expected, got %d"
              .formatted(clip, classes, probabilities.length));
    }
    double sum = 0;
    for (float p : probabilities) {
      sum += p >= 0 ? p : Double.NaN;
    }
    if (!(Math.abs(sum - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "clip %d: the scores of a view must be probabilities that sum to 1, got %s"
              .formatted(clip, brief(probabilities)));
    }
  }

  private static String brief(float[] scores) {
    String first = Arrays.toString(Arrays.copyOf(scores, Math.min(scores.length, 4)));
    return scores.length > 4 ? first.replace("]", ", ...]") : first;
  }
}

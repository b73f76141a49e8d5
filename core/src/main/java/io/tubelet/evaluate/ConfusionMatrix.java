package io.tubelet.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How many clips of each class were taken for which.
 *
 * @param counts {@code [K, K]}: a row for each label, a column for each predicted class
 */
public record ConfusionMatrix(int[][] counts) {

  private static final Comparator<Confusion> WORST_FIRST =
      Comparator.comparingInt(Confusion::clips)
          .thenComparingDouble(Confusion::share)
          .reversed()
          .thenComparingInt(Confusion::label)
          .thenComparingInt(Confusion::predicted);

  public ConfusionMatrix {
    for (int[] row : counts) {
      if (row.length != counts.length) {
        throw new IllegalArgumentException(
            "a confusion matrix is square: %d rows, one of %d columns"
                .formatted(counts.length, row.length));
      }
    }
  }

  static ConfusionMatrix of(List<ClipResult> results, int classes) {
    int[][] counts = new int[classes][classes];
    for (ClipResult r : results) {
      counts[r.label()][r.prediction().best()]++;
    }
    return new ConfusionMatrix(counts);
  }

  /** K. */
  public int classes() {
    return counts.length;
  }

  /** Clips of a class. */
  public int clips(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  /** Top-1 accuracy of a class. */
  public ClassAccuracy accuracy(int label) {
    return new ClassAccuracy(label, new Accuracy(counts[label][label], clips(label)));
  }

  /**
   * The most frequent mistakes, at most {@code most} of them. Of equally frequent ones, the one
   * that concerns more of its class comes first, then the lower label.
   */
  public List<Confusion> mostConfused(int most) {
    var mistakes = new ArrayList<Confusion>();
    for (int label = 0; label < classes(); label++) {
      for (int predicted = 0; predicted < classes(); predicted++) {
        if (label != predicted && counts[label][predicted] > 0) {
          mistakes.add(new Confusion(label, predicted, counts[label][predicted], clips(label)));
        }
      }
    }
    return mistakes.stream().sorted(WORST_FIRST).limit(most).toList();
  }
}

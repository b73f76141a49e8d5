package io.tubelet.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The outcome of evaluating a classifier on a list of clips. Without a single evaluated clip,
 * shares and means are {@code NaN}.
 *
 * @param results of the evaluated clips, in the order of the list
 * @param classes names of the K classes
 * @param listed clips of the list
 * @param missing listed clips that were not evaluated
 * @param views what of a clip was scored, such as {@code 5x3}: temporal windows times crops
 * @param seconds wall time
 */
public record Evaluation(
    List<ClipResult> results,
    List<String> classes,
    int listed,
    List<Missing> missing,
    String views,
    double seconds) {

  public Evaluation {
    results = List.copyOf(results);
    classes = List.copyOf(classes);
    missing = List.copyOf(missing);
    if (results.size() + missing.size() != listed) {
      throw new IllegalArgumentException(
          "every listed clip is evaluated or missing: listed=%d, evaluated=%d, missing=%d"
              .formatted(listed, results.size(), missing.size()));
    }
    for (ClipResult r : results) {
      if (r.prediction().classes() != classes.size()) {
        throw new IllegalArgumentException(
            "%s: a prediction of %d classes, while %d have names"
                .formatted(r.name(), r.prediction().classes(), classes.size()));
      }
    }
  }

  public Accuracy top1() {
    return top(1);
  }

  /** Among the five most probable classes; says nothing where there are no more than five. */
  public Accuracy top5() {
    return top(5);
  }

  /** Clips whose label is among the {@code k} most probable classes. */
  public Accuracy top(int k) {
    return new Accuracy((int) results.stream().filter(r -> r.hit(k)).count(), results.size());
  }

  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of(results, classes.size());
  }

  /** Every class by itself, in the order of their numbers. */
  public List<ClassAccuracy> perClass() {
    ConfusionMatrix confusion = confusion();
    return IntStream.range(0, classes.size()).mapToObj(confusion::accuracy).toList();
  }

  /**
   * Mean of the accuracies of the classes that have clips: rare classes count as much as others.
   */
  public double meanClassAccuracy() {
    return perClass().stream()
        .filter(c -> c.accuracy().clips() > 0)
        .mapToDouble(c -> c.accuracy().share())
        .average()
        .orElse(Double.NaN);
  }

  /** Top-1 accuracy of always answering the class most frequent among the clips evaluated. */
  public double majorityShare() {
    ConfusionMatrix confusion = confusion();
    int most = IntStream.range(0, classes.size()).map(confusion::clips).max().orElse(0);
    return (double) most / results.size();
  }

  /** Mean over the clips. */
  public double logLoss() {
    return results.stream().mapToDouble(ClipResult::logLoss).average().orElse(Double.NaN);
  }

  /** Clips by falling log-loss, at most {@code most}; of equal ones the earlier in the list. */
  public List<ClipResult> hardest(int most) {
    ToDoubleFunction<ClipResult> loss = ClipResult::logLoss;
    return results.stream()
        .sorted(Comparator.comparingDouble(loss).reversed())
        .limit(most)
        .toList();
  }
}

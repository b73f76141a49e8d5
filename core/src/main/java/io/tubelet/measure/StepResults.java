package io.tubelet.measure;

import io.tubelet.tensor.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What has been measured so far.
 *
 * @param settings how
 * @param all at least one
 */
public record StepResults(BenchSettings settings, List<StepResult> all) {
  private static final List<CaseParameter> LONE =
      List.of(CaseParameter.FAMILY, CaseParameter.MODEL);

  public StepResults {
    all = List.copyOf(all);
  }

  /**
   * Cases that differ in one parameter only.
   *
   * @param name of what distinguishes them from other series
   * @param results two or more, by that parameter's value
   */
  record Series(CaseParameter parameter, String name, List<StepResult> results) {
    double[] values() {
      return results.stream().mapToDouble(r -> parameter.value(r.step())).toArray();
    }

    /**
     * Seconds that each update would take if all ran at the rate of the middle one: what its number
     * of operations makes of it.
     */
    double[] expectedSeconds() {
      double rate = Spread.of(results.stream().mapToDouble(StepResult::rate).toArray()).median();
      return results.stream().mapToDouble(r -> r.step().operations() / rate).toArray();
    }
  }

  /** A case with the encoder on all tokens, and the same one as a masked autoencoder. */
  record Pair(String name, StepResult sparse, StepResult dense) {
    double time() {
      return dense.seconds().median() / sparse.seconds().median();
    }

    double work() {
      return dense.step().operations() / sparse.step().operations();
    }
  }

  /**
   * Operations a second of large matrix products: the best that was measured between the cases, as
   * other programs can only make it less.
   */
  double matrixRate(Precision precision) {
    return all.stream()
        .filter(r -> r.step().precision() == precision)
        .mapToDouble(StepResult::matrixRate)
        .max()
        .orElse(Double.NaN);
  }

  /** A case's rate over that. */
  double share(StepResult result) {
    return result.rate() / matrixRate(result.step().precision());
  }

  /** What all cases have in common, in words. */
  String common() {
    return distinction().common();
  }

  /** What distinguishes a case from the others; a lone one's model. */
  String name(StepResult result) {
    return distinction().name(result, LONE);
  }

  private Distinction<StepCase, StepResult> distinction() {
    return new Distinction<>(List.of(CaseParameter.values()), all, StepResult::step);
  }

  private String nameWithout(CaseParameter parameter, StepResult result) {
    return distinction().nameWithout(parameter, result, LONE);
  }

  /** All series along a parameter. */
  List<Series> series(CaseParameter parameter) {
    List<Series> series = new ArrayList<>();
    for (List<StepResult> group : distinction().alike(parameter)) {
      List<StepResult> ascending =
          group.stream()
              .sorted(Comparator.comparingDouble(r -> parameter.value(r.step())))
              .toList();
      series.add(new Series(parameter, nameWithout(parameter, group.get(0)), ascending));
    }
    return series;
  }

  /** All cases that were measured with both kinds of encoder. */
  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (List<StepResult> group : distinction().alike(CaseParameter.ENCODING)) {
      StepResult first = group.get(0);
      boolean sparseFirst = first.step().encoding() == Encoding.SPARSE;
      StepResult second = group.get(1);
      pairs.add(
          new Pair(
              nameWithout(CaseParameter.ENCODING, first),
              sparseFirst ? first : second,
              sparseFirst ? second : first));
    }
    return pairs;
  }
}

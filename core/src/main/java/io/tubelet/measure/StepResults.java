package io.tubelet.measure;

import io.tubelet.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been measured so far.
 *
 * @param settings how
 * @param all at least one
 */
public record StepResults(BenchSettings settings, List<StepResult> all) {
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

  /** What the cases differ in. */
  List<CaseParameter> varying() {
    return Arrays.stream(CaseParameter.values()).filter(this::varies).toList();
  }

  /** What all cases have in common, in words. */
  String common() {
    List<CaseParameter> fixed =
        Arrays.stream(CaseParameter.values()).filter(p -> !varies(p)).toList();
    return CaseParameter.text(fixed, all.get(0).step());
  }

  private boolean varies(CaseParameter parameter) {
    return all.stream().map(r -> parameter.text(r.step())).distinct().count() > 1;
  }

  /** What distinguishes a case from the others; a lone one's model. */
  String name(StepResult result) {
    List<CaseParameter> varying = varying();
    return CaseParameter.text(
        varying.isEmpty() ? List.of(CaseParameter.FAMILY, CaseParameter.MODEL) : varying,
        result.step());
  }

  /** All series along a parameter. */
  List<Series> series(CaseParameter parameter) {
    List<Series> series = new ArrayList<>();
    for (List<StepResult> group : alike(parameter)) {
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
    for (List<StepResult> group : alike(CaseParameter.ENCODING)) {
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

  /** Groups of two or more that differ in this parameter only. */
  private List<List<StepResult>> alike(CaseParameter parameter) {
    Map<String, List<StepResult>> groups = new LinkedHashMap<>();
    for (StepResult result : all) {
      String others = CaseParameter.text(CaseParameter.without(parameter), result.step());
      groups.computeIfAbsent(others, key -> new ArrayList<>()).add(result);
    }
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }

  private String nameWithout(CaseParameter parameter, StepResult result) {
    List<CaseParameter> others = varying().stream().filter(p -> p != parameter).toList();
    return others.isEmpty()
        ? CaseParameter.text(List.of(CaseParameter.FAMILY, CaseParameter.MODEL), result.step())
        : CaseParameter.text(others, result.step());
  }
}

package io.tubelet.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What distinguishes results from each other, and what they have in common.
 *
 * @param <C> cases
 * @param <R> results
 * @param parameters all in which cases can differ
 * @param results at least one
 * @param caseOf the case of a result
 */
record Distinction<C, R>(
    List<? extends Parameter<C>> parameters, List<R> results, Function<R, C> caseOf) {

  /** What the cases differ in. */
  List<Parameter<C>> varying() {
    return chosen(true);
  }

  /** What all cases have in common, in words. */
  String common() {
    return Parameter.text(chosen(false), caseOf.apply(results.get(0)));
  }

  private List<Parameter<C>> chosen(boolean varying) {
    List<Parameter<C>> chosen = new ArrayList<>();
    for (Parameter<C> parameter : parameters) {
      long texts = results.stream().map(r -> parameter.text(caseOf.apply(r))).distinct().count();
      if (texts > 1 == varying) {
        chosen.add(parameter);
      }
    }
    return chosen;
  }

  /**
   * What distinguishes a result from the others.
   *
   * @param lone what names one that nothing distinguishes
   */
  String name(R result, List<? extends Parameter<C>> lone) {
    return text(varying(), lone, result);
  }

  /** What distinguishes a result from those that differ from it in more than one parameter. */
  String nameWithout(Parameter<C> one, R result, List<? extends Parameter<C>> lone) {
    return text(varying().stream().filter(p -> p != one).toList(), lone, result);
  }

  private String text(
      List<Parameter<C>> distinguishing, List<? extends Parameter<C>> lone, R result) {
    return Parameter.text(distinguishing.isEmpty() ? lone : distinguishing, caseOf.apply(result));
  }

  /** Groups of two or more that differ in this parameter only. */
  List<List<R>> alike(Parameter<C> one) {
    List<? extends Parameter<C>> others = parameters.stream().filter(p -> p != one).toList();
    Map<String, List<R>> groups = new LinkedHashMap<>();
    for (R result : results) {
      String same = Parameter.text(others, caseOf.apply(result));
      groups.computeIfAbsent(same, key -> new ArrayList<>()).add(result);
    }
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }
}

package io.tubelet.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What has been measured so far.
 *
 * @param settings how
 * @param all at least one
 */
public record LoadingResults(LoadingSettings settings, List<LoadingResult> all) {
  private static final List<LoadingParameter> LONE = List.of(LoadingParameter.values());

  public LoadingResults {
    all = List.copyOf(all);
  }

  /**
   * Cases that differ in one parameter only.
   *
   * @param name of what distinguishes them from other series
   * @param results two or more, by that parameter's value
   */
  record Series(LoadingParameter parameter, String name, List<LoadingResult> results) {
    double[] values() {
      return results.stream().mapToDouble(r -> parameter.value(r.loading())).toArray();
    }

    double[] clipsPerSecond() {
      return results.stream().mapToDouble(r -> r.clipsPerSecond().median()).toArray();
    }
  }

  /** What all cases have in common, in words. */
  String common() {
    return distinction().common();
  }

  /** What distinguishes a case from the others; of a lone one everything. */
  String name(LoadingResult result) {
    return distinction().name(result, LONE);
  }

  /** Wanted frames a second. */
  double framesPerSecond(LoadingResult result) {
    return settings.frames() * result.clipsPerSecond().median();
  }

  /** All series along a parameter. */
  List<Series> series(LoadingParameter parameter) {
    List<Series> series = new ArrayList<>();
    for (List<LoadingResult> group : distinction().alike(parameter)) {
      List<LoadingResult> ascending =
          group.stream()
              .sorted(Comparator.comparingDouble(r -> parameter.value(r.loading())))
              .toList();
      String name = distinction().nameWithout(parameter, group.get(0), LONE);
      series.add(new Series(parameter, name, ascending));
    }
    return series;
  }

  private Distinction<LoadingCase, LoadingResult> distinction() {
    return new Distinction<>(List.of(LoadingParameter.values()), all, LoadingResult::loading);
  }
}

package io.tubelet.study;

import io.tubelet.evaluate.MeanAndSpread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study found so far.
 *
 * @param config what was compared
 * @param known the trials that were begun, in the order in which they are run
 * @param trials how many there are in all
 */
public record StudyResults(StudyConfig config, List<Known> known, int trials) {

  /** A trial and what is known of it. */
  public record Known(Trial trial, Outcome outcome) {}

  public StudyResults {
    known = List.copyOf(known);
  }

  /** Whether every trial is done. */
  public boolean complete() {
    return done() == trials;
  }

  /** Trials that are done. */
  public long done() {
    return known.stream().filter(k -> k.outcome().complete()).count();
  }

  /** Everything that any row may have measured, in the order of the table's columns. */
  public List<Measure> measures() {
    List<Measure> all = new ArrayList<>();
    if (config.fineTuning().wanted() || config.fromScratch().wanted()) {
      all.add(Measure.FINE_TUNED);
      all.add(Measure.TRAINING_LOSS);
    }
    config.probes().forEach(kind -> all.add(Measure.probe(kind)));
    all.add(Measure.LOSS);
    all.add(Measure.MINUTES);
    return all;
  }

  /** The trials of a row. */
  public List<Known> of(Row row) {
    return known.stream().filter(k -> k.trial().row().equals(row)).toList();
  }

  /** Mean and spread of a row over its seeds; empty where it has not measured this. */
  public Optional<MeanAndSpread> of(Row row, Measure measure) {
    double[] values =
        of(row).stream()
            .map(k -> k.outcome().measures().get(measure.name()))
            .filter(value -> value != null && Double.isFinite(value))
            .mapToDouble(Double::doubleValue)
            .toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(MeanAndSpread.of(values));
  }

  /** The papers' own figures of a row, name to value. */
  public Map<String, Double> papers(Row row) {
    return config.papers().getOrDefault(row.name(), new LinkedHashMap<>());
  }

  /** The names of all figures of the papers, in the order in which they first appear. */
  public List<String> papersColumns() {
    return config.papers().values().stream().flatMap(m -> m.keySet().stream()).distinct().toList();
  }
}

package io.tubelet.study;

import io.tubelet.evaluate.MeanAndSpread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a study found so far.
 *
 * @param config what was compared
 * @param known the trials that were begun, in the order in which they are run
 * @param trials how many there are in all
 * @param classes of the labelled videos
 * @param judges test videos
 */
public record StudyResults(
    StudyConfig config, List<Known> known, int trials, int classes, int judges) {

  /** A trial and what is known of it. */
  public record Known(Trial trial, Outcome outcome) {}

  public StudyResults {
    known = List.copyOf(known);
  }

  /** Whether every trial is done. */
  public boolean complete() {
    return done() == trials;
  }

  /** Whether every trial of these rows is done. */
  boolean complete(Set<Row> rows) {
    long wanted = (long) rows.size() * config.seeds().size();
    return known.stream()
            .filter(k -> rows.contains(k.trial().row()) && k.outcome().complete())
            .count()
        == wanted;
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
    all.addAll(
        List.of(
            Measure.LOSS,
            Measure.PRETRAINING_MINUTES,
            Measure.MINUTES,
            Measure.WORK,
            Measure.MEMORY,
            Measure.VIDEOS,
            Measure.LABELS));
    return all;
  }

  /** The trials of a row. */
  public List<Known> of(Row row) {
    return known.stream().filter(k -> k.trial().row().equals(row)).toList();
  }

  /** What the seeds of a row measured; not those that have not, or found no number. */
  public List<Double> of(Row row, Measure measure) {
    return of(row).stream()
        .map(k -> k.outcome().measures().get(measure.name()))
        .filter(value -> value != null && Double.isFinite(value))
        .toList();
  }

  /** Mean and spread of a row over its seeds; empty where it has not measured this. */
  public Optional<MeanAndSpread> mean(Row row, Measure measure) {
    double[] values = of(row, measure).stream().mapToDouble(Double::doubleValue).toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(MeanAndSpread.of(values));
  }
}

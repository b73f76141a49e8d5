package io.tubelet.report;

import io.tubelet.evaluate.MeanAndSpread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the page of a study tells.
 *
 * @param title of its table
 * @param about what it repeats of the papers
 * @param done trials that are done
 * @param trials all of them
 * @param columns what was measured
 * @param papers names of the papers' own figures
 * @param rows of the table
 * @param configuration the study as YAML
 */
public record StudySummary(
    String title,
    String about,
    long done,
    int trials,
    List<Column> columns,
    List<String> papers,
    List<Row> rows,
    String configuration) {

  /** Heads a column; shares are printed in per cent. */
  public record Column(String name, boolean share) {}

  /**
   * A line of the table.
   *
   * @param measures one a column
   * @param papers one a name of the papers' figures
   * @param trials one a seed that was begun
   */
  public record Row(
      String name,
      List<Optional<MeanAndSpread>> measures,
      List<Optional<Double>> papers,
      List<Trial> trials) {}

  /**
   * One seed of a row.
   *
   * @param measures name to value
   * @param complete whether nothing is left to do
   * @param pages names of its trainings to where their pages are, seen from the study's
   */
  public record Trial(
      long seed, Map<String, Double> measures, boolean complete, Map<String, String> pages) {
    public Trial {
      measures = new LinkedHashMap<>(measures);
      pages = new LinkedHashMap<>(pages);
    }
  }
}

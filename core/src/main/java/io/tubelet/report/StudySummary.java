package io.tubelet.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the page of a study tells.
 *
 * @param title of the page
 * @param about what it repeats of the papers
 * @param done trials that are done
 * @param trials all of them
 * @param seeds of each row
 * @param classes of the labelled videos
 * @param judges test videos
 * @param tables in their order
 * @param columns everything that trials measure
 * @param rows all trials, row by row
 * @param configuration the study as YAML
 */
public record StudySummary(
    String title,
    String about,
    long done,
    int trials,
    int seeds,
    int classes,
    int judges,
    List<StudyTable> tables,
    List<StudyTable.Column> columns,
    List<Row> rows,
    String configuration) {

  /**
   * The trials of a row.
   *
   * @param trials one a seed that was begun
   */
  public record Row(String name, List<Trial> trials) {}

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

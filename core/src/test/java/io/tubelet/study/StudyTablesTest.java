package io.tubelet.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.tubelet.config.ConfigException;
import io.tubelet.report.StudyTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyTablesTest {
  private static final String ROWS =
      "{usual: {}, tube high: {mask.kind: tube, mask.ratio: 0.9},"
          + " tube low: {mask.kind: tube, mask.ratio: 0.5}, frame high: {mask.ratio: 0.75},"
          + " scratch: {recipe: none}}";

  private static StudyConfig study(String table) throws IOException {
    return StudyConfig.read(
        "base/demo-study", Map.of("title", "t", "rows", ROWS, "tables", "{one: " + table + "}"));
  }

  /** The first row has measured 0.1 with seed 0 and 0.11 with seed 1, the second 0.2, and so on. */
  private static StudyTable table(String table) throws IOException {
    StudyConfig config = study(table);
    List<StudyResults.Known> known = new ArrayList<>();
    for (Row row : config.allRows()) {
      for (long seed = 0; seed < 2; seed++) {
        double value = (10L * (config.allRows().indexOf(row) + 1) + seed) / 100.0;
        Path nowhere = Path.of("nowhere");
        known.add(
            new StudyResults.Known(
                new Trial(config, row, seed, nowhere, nowhere, nowhere),
                Outcome.begun("x")
                    .with(Measure.FINE_TUNED, value)
                    .with(Measure.LABELS, 100 * value)));
      }
    }
    return new StudyTables(new StudyResults(config, known, 10, 10, 60))
        .of(config.shown().iterator().next());
  }

  @Test
  void grid_settingsOfRecipeAndRow_placeEveryRow() throws IOException {
    StudyTable.Grid grid =
        (StudyTable.Grid)
            table(
                "{layout: grid, down: mask.kind, across: mask.ratio, grey: usual,"
                    + " names: {mask.ratio: ratio}, papers: {tube high: {SSv2: 69.6}}}");

    assertThat(grid.downs()).containsExactly("frame", "tube");
    assertThat(grid.acrosses()).containsExactly("0.5", "0.75", "0.9");
    assertThat(grid.across()).isEqualTo("ratio");
    List<List<StudyTable.Cell>> cells = grid.parts().get(0).cells();
    assertThat(cells.get(0).get(0).measured().values()).containsExactly(0.1, 0.11);
    assertThat(cells.get(0).get(0).grey()).isTrue();
    assertThat(cells.get(1).get(2).measured().values()).containsExactly(0.2, 0.21);
    assertThat(cells.get(1).get(2).papers()).containsEntry("SSv2", 69.6);
    assertThat(cells.get(0).get(2).measured().values()).isEmpty();
  }

  @Test
  void curve_numberAcross_hasALineForEachValueDownByAscendingNumber() throws IOException {
    StudyTable.Curves curves =
        (StudyTable.Curves) table("{layout: curve, down: mask.kind, across: mask.ratio}");

    assertThat(curves.charts().get(0).series())
        .extracting(StudyTable.Series::name)
        .containsExactly("frame", "tube");
    assertThat(curves.charts().get(0).series().get(1).points())
        .extracting(StudyTable.Point::x)
        .containsExactly(0.5, 0.9);
    assertThat(curves.numbers().lines()).hasSize(4);
  }

  @Test
  void curve_sharesAcross_countVideos() throws IOException {
    StudyTable.Curves curves =
        (StudyTable.Curves) table("{layout: curve, across: labels, rows: [tube high, usual]}");

    assertThat(curves.across()).isEqualTo("labelled videos");
    assertThat(curves.charts().get(0).series().get(0).points())
        .extracting(StudyTable.Point::x)
        .containsExactly(10.0, 20.0);
  }

  @Test
  void lines_listedRows_comeInTheirOrderWithTheirNames() throws IOException {
    StudyTable.Lines lines =
        (StudyTable.Lines)
            table(
                "{rows: [scratch, usual], grey: usual, names: {usual: MAE, case: method},"
                    + " papers: {usual: {K400: 80.0}}, measures: [fine-tuned top-1]}");

    assertThat(lines.head()).isEqualTo("method");
    assertThat(lines.lines()).extracting(StudyTable.Line::name).containsExactly("scratch", "MAE");
    assertThat(lines.lines()).extracting(StudyTable.Line::grey).containsExactly(false, true);
    assertThat(lines)
        .extracting(StudyTable.Lines::papers)
        .asInstanceOf(LIST)
        .containsExactly("K400");
    assertThat(lines.lines().get(0).papers().get(0)).isEmpty();
    assertThat(lines.lines().get(1).papers().get(0)).contains(80.0);
  }

  @Test
  void table_asksInVain_saysForWhat() {
    refused("{layout: grid, down: mask.kind, across: mask.rate}", "no row has", "mask.rate");
    refused("{layout: grid, down: data.flip, across: mask.ratio}", "both at data.flip");
    refused("{layout: curve, across: mask.kind}", "needs numbers", "mask.kind");
    refused("{measures: [colour]}", "'colour' is not measured", "fine-tuned top-1");
    refused("{layout: curve, across: mask.ratio, rows: [scratch]}", "row 'scratch'", "mask.ratio");
  }

  private static void refused(String table, String... words) {
    assertThatThrownBy(() -> table(table))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
  }
}

package io.tubelet.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.config.ConfigFormat;
import io.tubelet.evaluate.MeanAndSpread;
import io.tubelet.file.WholeFile;
import io.tubelet.report.StudyReport;
import io.tubelet.report.StudySummary;
import io.tubelet.report.StudyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a study: a page, the same as JSON, and one line a trial as CSV.
 *
 * @param folder of the study
 */
public record StudyFiles(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The page. */
  public Path page() {
    return folder.resolve("report.html");
  }

  /** Writes all three anew, each as a whole. */
  void write(StudyResults results) throws IOException {
    Files.createDirectories(folder);
    StudyReport.write(summary(results), page());
    WholeFile.write(
        folder.resolve("study.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(results)));
    WholeFile.write(folder.resolve("study.csv"), csv(results).getBytes(UTF_8));
  }

  private StudySummary summary(StudyResults results) throws IOException {
    StudyConfig config = results.config();
    StudyTables filled = new StudyTables(results);
    List<StudyTable> tables = new ArrayList<>();
    for (TableConfig table : config.shown()) {
      tables.add(filled.of(table));
    }
    return new StudySummary(
        config.title(),
        config.about(),
        results.done(),
        results.trials(),
        config.seeds().size(),
        results.classes(),
        results.judges(),
        tables,
        results.measures().stream().map(StudyTables::column).toList(),
        config.allRows().stream()
            .map(
                row ->
                    new StudySummary.Row(
                        row.name(), results.of(row).stream().map(this::trial).toList()))
            .toList(),
        ConfigFormat.yaml(config));
  }

  private StudySummary.Trial trial(StudyResults.Known known) {
    Map<String, String> pages = new LinkedHashMap<>();
    Path training = known.trial().folder().resolve(Trial.FINE_TUNING);
    Map<String, Path> runs = new LinkedHashMap<>();
    if (known.trial().row().beginning() == Row.Beginning.PRETRAINED) {
      runs.put(Trial.PRETRAINING, known.trial().pretraining());
    }
    runs.put(Trial.FINE_TUNING, training);
    runs.forEach(
        (stage, run) -> {
          Path page = run.resolve("report.html");
          if (Files.exists(page)) {
            pages.put(stage, folder.relativize(page).toString().replace('\\', '/'));
          }
        });
    return new StudySummary.Trial(
        known.trial().seed(), known.outcome().measures(), known.outcome().complete(), pages);
  }

  private static ObjectNode json(StudyResults results) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", "tubelet-study-1");
    json.put("title", results.config().title());
    json.put("trials", results.trials());
    json.put("done", results.done());
    json.set("study", ConfigFormat.tree(results.config()));
    ArrayNode rows = json.putArray("rows");
    for (Row row : results.config().allRows()) {
      ObjectNode line = rows.addObject();
      line.put("name", row.name());
      for (Measure measure : results.measures()) {
        Optional<MeanAndSpread> found = results.mean(row, measure);
        if (found.isPresent()) {
          ObjectNode value = line.putObject(measure.name());
          value.put("mean", found.get().mean());
          if (found.get().n() > 1) {
            value.put("standard-deviation", found.get().spread());
          }
          value.put("seeds", found.get().n());
        }
      }
    }
    return json;
  }

  private static String csv(StudyResults results) {
    List<Measure> measures = results.measures();
    StringBuilder csv = new StringBuilder("row,seed,complete");
    measures.forEach(measure -> csv.append(',').append(quoted(measure.name())));
    csv.append('\n');
    for (StudyResults.Known known : results.known()) {
      List<String> cells = new ArrayList<>();
      cells.add(quoted(known.trial().row().name()));
      cells.add(Long.toString(known.trial().seed()));
      cells.add(Boolean.toString(known.outcome().complete()));
      for (Measure measure : measures) {
        Double value = known.outcome().measures().get(measure.name());
        cells.add(value == null ? "" : String.format(Locale.ROOT, "%.6g", value));
      }
      csv.append(String.join(",", cells)).append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String text) {
    return text.matches("[^,\"\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}

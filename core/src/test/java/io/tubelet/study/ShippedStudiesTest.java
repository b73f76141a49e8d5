package io.tubelet.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.config.Recipes;
import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.report.StudyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedStudiesTest {
  private static final int CLASSES = 10;

  static List<String> shipped() {
    return Recipes.studies();
  }

  private static Path recipes() {
    return Path.of(System.getProperty("tubelet.root"), "recipes");
  }

  /** As many as the clips of the demo; no file is looked at. */
  private static StudyData videos() {
    return new StudyData(list(340, false), labelled(280), labelled(60), labelled(60));
  }

  private static Manifest list(int count, boolean labelled) {
    return new Manifest(
        Path.of("list"),
        IntStream.range(0, count)
            .mapToObj(i -> new Entry("v" + i, Path.of("v" + i), labelled ? i % CLASSES : null))
            .toList());
  }

  private static LabelledVideos labelled(int count) {
    return new LabelledVideos(list(count, true), ClassNames.numbered(CLASSES), List.of());
  }

  @Test
  void studies_index_listsEveryFile() throws IOException {
    try (var files = Files.list(recipes().resolve("studies"))) {
      assertThat(Recipes.studies())
          .isEqualTo(
              files
                  .map(file -> "studies/" + file.getFileName())
                  .filter(name -> name.endsWith(".yaml"))
                  .map(name -> name.replace(".yaml", ""))
                  .sorted()
                  .toList());
    }
  }

  /** Every recipe of every row is read with its settings, so that a misspelt key is found here. */
  @ParameterizedTest
  @MethodSource("shipped")
  void study_everyRow_canBeRead(String name) throws IOException {
    StudyConfig config = StudyConfig.read(name, Map.of());
    Study study = new Study(config, videos(), Path.of("nowhere"));

    assertThat(config.allRows()).hasSizeGreaterThan(1);
    for (Row row : config.allRows()) {
      study.requireReadable(Set.of(row));
    }
  }

  /** A row that says what another one says would be trained twice for nothing. */
  @ParameterizedTest
  @MethodSource("shipped")
  void study_noTwoRows_areTheSameTraining(String name) throws IOException {
    StudyConfig config = StudyConfig.read(name, Map.of());
    Set<Object> different = new HashSet<>();
    for (Row row : config.allRows()) {
      Object training =
          List.of(
              Recipes.tree(recipe(config, row), config.pretraining(row).overrides()),
              config.training(row),
              row.beginning(),
              row.share(Row.VIDEOS, config.videos()),
              row.share(Row.LABELS, config.labels()));
      assertThat(different.add(training)).as(row.name()).isTrue();
    }
  }

  private static String recipe(StudyConfig config, Row row) {
    return config.pretraining(row).wanted() ? config.pretraining(row).recipe() : "demo";
  }

  /** Every table has a row at least, and finds the settings that it asks for. */
  @ParameterizedTest
  @MethodSource("shipped")
  void study_everyTable_isFilledFromItsRows(String name) throws IOException {
    StudyConfig config = StudyConfig.read(name, Map.of());
    StudyTables tables = new StudyTables(new StudyResults(config, List.of(), 0, CLASSES, 60));

    assertThat(config.tables()).isNotEmpty();
    Set<Row> seen = new HashSet<>();
    for (TableConfig table : config.shown()) {
      StudyTable filled = tables.of(table);
      seen.addAll(config.rowsOf(table));
      assertThat(filled.title()).isNotBlank();
    }
    assertThat(seen).as("rows that no table shows").containsAll(config.allRows());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void study_head_saysCommandTimeAndResult(String name) throws IOException {
    assertThat(recipes().resolve(name + ".yaml"))
        .content()
        .contains("tubelet ablate --study " + name, "#   time: ", "#   result: ");
  }
}

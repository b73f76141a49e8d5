package io.tubelet.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.config.ConfigException;
import io.tubelet.config.PretrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudyConfigTest {

  static List<String> shipped() throws IOException {
    Path recipes = Path.of(System.getProperty("tubelet.root"), "recipes", "studies");
    try (var files = Files.list(recipes)) {
      return files
          .map(file -> "studies/" + file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList();
    }
  }

  /** Each row's settings are read as a pre-training, so that a misspelt key is found here. */
  @ParameterizedTest
  @MethodSource("shipped")
  void read_shippedStudy_hasRowsThatBind(String name) throws IOException {
    StudyConfig study = StudyConfig.read(name, Map.of());

    assertThat(study.allRows()).hasSizeGreaterThan(2);
    for (Row row : study.allRows()) {
      Stage stage = study.pretraining().with(row.set());
      assertThat(PretrainConfig.read(stage.recipe(), stage.overrides(3)).seed()).isEqualTo(3);
    }
  }

  @Test
  void allRows_grid_isEveryCombinationTheLastKeyFastest() throws IOException {
    StudyConfig study =
        StudyConfig.read(
            "studies/decoder-depth",
            Map.of("grid", "{mask.kind: [tube, random], mask.ratio: [0.5, 0.75]}"));

    assertThat(study.allRows())
        .extracting(Row::name)
        .containsExactly(
            "kind tube, ratio 0.5",
            "kind tube, ratio 0.75",
            "kind random, ratio 0.5",
            "kind random, ratio 0.75");
  }

  @Test
  void allRows_probes_addTheUntrainedEncoder() throws IOException {
    StudyConfig study =
        StudyConfig.read("studies/decoder-depth", Map.of("probes", "[logistic, knn]"));

    assertThat(study.allRows())
        .extracting(Row::beginning)
        .endsWith(Row.Beginning.PRETRAINED, Row.Beginning.UNTRAINED);
  }

  @Test
  void read_nonsense_namesTheKeyAtFault() {
    refused(Map.of("seeds", "[1, 1]"), "seeds", "[1, 1]");
    refused(Map.of("grid", "{}"), "rows and grid are both empty");
    refused(Map.of("grid", "{mask.ratio: []}"), "grid.mask.ratio has no values");
    refused(Map.of("fine-tuning.recipe", "none"), "fine-tuning.recipe is none");
    refused(Map.of("papers", "{tub: {K400: 1.0}}"), "papers.'tub' is no row");
    refused(Map.of("sedes", "[1]"), "unknown key 'sedes'", "did you mean 'seeds'");
    refused(Map.of("rows", "{\"a b\": {}, \"a-b\": {}}"), "different names", "a-b");
  }

  private static void refused(Map<String, String> overrides, String... words) {
    assertThatThrownBy(() -> StudyConfig.read("studies/decoder-depth", overrides))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
  }
}

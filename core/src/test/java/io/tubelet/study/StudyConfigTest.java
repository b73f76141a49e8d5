package io.tubelet.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.config.ConfigException;
import io.tubelet.study.Row.Beginning;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyConfigTest {

  private static StudyConfig read(Map<String, String> more) throws IOException {
    Map<String, String> settings =
        new HashMap<>(Map.of("title", "a study", "grid", "{model.decoder.depth: [1, 2]}"));
    settings.putAll(more);
    return StudyConfig.read("base/demo-study", settings);
  }

  @Test
  void allRows_grid_isEveryCombinationTheLastKeyFastest() throws IOException {
    StudyConfig study =
        read(Map.of("grid", "{mask.kind: [tube, random], mask.ratio: [0.5, 0.75]}"));

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
    assertThat(read(Map.of("probes", "[logistic, knn]")).allRows())
        .extracting(Row::beginning)
        .endsWith(Beginning.PRETRAINED, Beginning.UNTRAINED);
  }

  @Test
  void row_ownWords_sayWhereItsWeightsComeFrom() throws IOException {
    StudyConfig study =
        read(
            Map.of(
                "rows",
                "{own: {}, other: {recipe: demo, mask.ratio: 0.5}, scratch: {recipe: none,"
                    + " fine-tuning.train.epochs: 7}, given: {checkpoint: vit.safetensors},"
                    + " fewer: {labels: 0.5, videos: 0.25}}",
                "grid",
                "{}"));
    List<Row> rows = study.allRows();

    assertThat(rows)
        .extracting(Row::beginning)
        .containsExactly(
            Beginning.PRETRAINED,
            Beginning.PRETRAINED,
            Beginning.SCRATCH,
            Beginning.GIVEN,
            Beginning.PRETRAINED);
    assertThat(study.pretraining(rows.get(0)).recipe()).isEqualTo("demo-motion");
    assertThat(study.pretraining(rows.get(1)).recipe()).isEqualTo("demo");
    assertThat(study.pretraining(rows.get(1)).overrides()).containsEntry("mask.ratio", "0.5");
    assertThat(study.pretraining(rows.get(2)).wanted()).isFalse();
    assertThat(study.training(rows.get(2)).overrides()).containsEntry("train.epochs", "7");
    assertThat(study.pretraining(rows.get(3)).wanted()).isFalse();
    assertThat(study.pretraining(rows.get(4)).overrides()).doesNotContainKeys("labels", "videos");
  }

  @Test
  void read_nonsense_namesTheKeyAtFault() {
    refused(Map.of("seeds", "[1, 1]"), "seeds", "[1, 1]");
    refused(Map.of("grid", "{}"), "rows and grid name no pre-training");
    refused(Map.of("grid", "{mask.ratio: []}"), "grid.mask.ratio has no values");
    refused(Map.of("fine-tuning.recipe", "none"), "fine-tuning.recipe is none");
    refused(Map.of("sedes", "[1]"), "unknown key 'sedes'", "did you mean 'seeds'");
    refused(Map.of("rows", "{\"a b\": {}, \"a-b\": {}}"), "different names", "a-b");
    refused(Map.of("labels", "0"), "labels", "above 0 and at most 1", "0.0");
    refused(Map.of("rows", "{few: {videos: 2}}"), "rows.'few'.videos", "2.0");
    refused(
        Map.of("rows", "{x: {recipe: demo, checkpoint: y}}"), "rows.'x'", "recipe and checkpoint");
    refused(Map.of("rows", "{x: {recipe: none, mask.ratio: 0.5}}"), "rows.'x'", "mask.ratio");
  }

  @Test
  void read_tableOfNonsense_namesWhatIsKnown() {
    table("{papers: {tub: {K400: 1.0}}}", "tables.t.papers", "'tub' is no row", "depth 1");
    table("{rows: [tub]}", "tables.t.rows", "'tub' is no row", "depth 1");
    table("{grey: tub}", "tables.t.grey", "'tub' is no row");
    table("{layout: curve}", "across", "curve");
    table("{layout: grid, across: mask.ratio}", "down");
    table("{layout: pie}", "tables.t.layout", "table, grid, curve");
    table("{row: [tub]}", "unknown key 'tables.t.row'", "did you mean 'tables.t.rows'");
  }

  private static void table(String table, String... words) {
    refused(Map.of("tables", "{t: " + table + "}"), words);
  }

  private static void refused(Map<String, String> overrides, String... words) {
    assertThatThrownBy(() -> read(overrides))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
  }
}

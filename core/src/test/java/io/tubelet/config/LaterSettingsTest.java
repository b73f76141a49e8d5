package io.tubelet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaterSettingsTest {

  /** A run's configuration as it was saved before there were decoder options, losses and jitter. */
  private static ObjectNode former(PretrainConfig run) {
    ObjectNode tree = (ObjectNode) ConfigFormat.tree(run);
    tree.remove("decoder-mask");
    tree.remove("loss");
    ((ObjectNode) tree.get("data")).remove("colour-jitter");
    ((ObjectNode) tree.get("model").get("decoder")).remove("attention");
    ((ObjectNode) tree.get("model")).remove("mask-tokens");
    return tree;
  }

  @Test
  void completed_runOfAnEarlierVersion_isTheSameRunToday() throws IOException {
    PretrainConfig run = PretrainConfig.read("demo", Map.of());
    JsonNode saved = former(run);

    assertThat(LaterSettings.completed(saved)).isEqualTo(ConfigFormat.tree(run));
    assertThat(saved).isEqualTo(former(run));
  }

  @Test
  void completed_settingsThatWereSaid_stay() throws IOException {
    PretrainConfig run =
        PretrainConfig.read(
            "demo",
            Map.of(
                "decoder-mask.ratio",
                "0.5",
                "model.decoder.attention",
                "cross",
                "model.mask-tokens",
                "encoder"));
    JsonNode saved = ConfigFormat.tree(run);

    assertThat(LaterSettings.completed(saved)).isEqualTo(saved);
  }

  @Test
  void read_weightsOfAnEarlierVersion_meanWhatTheyDid() throws IOException {
    PretrainedConfig today = PretrainedConfig.of(PretrainConfig.read("demo", Map.of()));
    ObjectNode saved = (ObjectNode) ConfigFormat.tree(today);
    ((ObjectNode) saved.get("model").get("decoder")).remove("attention");
    ((ObjectNode) saved.get("model")).remove("mask-tokens");

    assertThat(PretrainedConfig.read(saved, "a file")).isEqualTo(today);
    ((ObjectNode) saved.get("model").get("decoder")).remove("depth");
    assertThatThrownBy(() -> PretrainedConfig.read(saved, "a file"))
        .hasMessageContaining("a file: 'model.decoder.depth': this key is missing");
  }
}

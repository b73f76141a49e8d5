package io.tubelet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.model.EncoderConfig;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContrastiveConfigTest {

  @ParameterizedTest
  @ValueSource(strings = {"moco-v3-demo", "moco-v3-jhmdb-small", "moco-v3-k400-vit-b"})
  void read_shippedRecipe_isReadAndWrittenAlike(String recipe) throws IOException {
    ContrastiveConfig config = ContrastiveConfig.read(recipe, Map.of());

    assertThat(
            ConfigFormat.bind(ConfigFormat.tree(config), ContrastiveConfig.class, "written again"))
        .isEqualTo(config);
    assertThat(config.videosOfBatch()).isEqualTo(config.train().batch() / 2);
    assertThat(ContrastiveConfig.isContrastive(Recipes.tree(recipe, Map.of()))).isTrue();
  }

  /** They are there to be compared. */
  @ParameterizedTest
  @CsvSource({
    "moco-v3-demo, demo-motion",
    "moco-v3-jhmdb-small, jhmdb-small",
    "moco-v3-k400-vit-b, videomae-k400-vit-b-800"
  })
  void read_shippedRecipe_hasTheEncoderOfItsMaskedCounterpart(String contrastive, String masked)
      throws IOException {
    ContrastiveConfig ours = ContrastiveConfig.read(contrastive, Map.of());
    PretrainConfig theirs = PretrainConfig.read(masked, Map.of());

    assertThat(ours.model().clip()).isEqualTo(theirs.model().clip());
    assertThat(ours.model().encoder()).isEqualTo(theirs.model().encoder());
    assertThat(ours.model().block()).isEqualTo(theirs.model().block());
    assertThat(ours.model().positions()).isEqualTo(theirs.model().positions());
    assertThat(ours.pixels()).isEqualTo(theirs.pixels());
    assertThat(ours.data().flip()).isLessThanOrEqualTo(0.5);
  }

  @Test
  void read_paperLikeRecipe_hasThePapersSizes() throws IOException {
    ContrastiveConfig config = ContrastiveConfig.read("moco-v3-k400-vit-b", Map.of());

    assertThat(config.model().encoder()).isEqualTo(new EncoderConfig(768, 12, 12));
    assertThat(config.model().heads().hidden()).isEqualTo(4096);
    assertThat(config.model().heads().output()).isEqualTo(256);
    assertThat(config.model().frozenPatches()).isTrue();
    assertThat(config.contrast().temperature()).isEqualTo(0.2);
    assertThat(config.contrast().momentum()).isEqualTo(0.99);
    assertThat(config.optimizer().weightDecay()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.batch | 2 | train.batch counts clips",
        "train.batch | 7 | even number from 4 on, got 7",
        "data.repeats | 1 | data.repeats must be 2",
        "contrast.temperature | 0 | contrast.temperature must be above 0, got 0",
        "contrast.momentum | 1 | contrast.momentum must lie in [0, 1), got 1",
        "contrast.momentum | -0.5 | contrast.momentum must lie in [0, 1), got -0.5",
        "contrast.views | [] | contrast.views",
        "model.heads.output | 0 | heads.output",
        "contrast.temprature | 1 | did you mean 'contrast.temperature'",
        "data.colour-jitter.hue | 0.7 | colour-jitter.hue must lie in [0, 0.5], got 0.7",
      })
  void read_settingThatCannotBe_isRefusedInASentence(String key, String value, String message) {
    assertThatThrownBy(() -> ContrastiveConfig.read("moco-v3-demo", Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("moco-v3-demo")
        .hasMessageContaining(message);
  }

  @Test
  void read_asARecipeOfMasking_isRefusedInASentence() {
    assertThatThrownBy(() -> PretrainConfig.read("moco-v3-demo", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("by contrast");
  }

  @Test
  void colourJitter_isASettingOfMaskedPretrainingAndOffThere() throws IOException {
    assertThat(PretrainConfig.read("demo", Map.of()).data().colourJitter().probability()).isZero();
    assertThat(
            PretrainConfig.read("demo", Map.of("data.colour-jitter.probability", "0.8"))
                .data()
                .colourJitter()
                .brightness())
        .isEqualTo(0.4);
  }
}

package io.tubelet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PositionKind;
import io.tubelet.nn.BlockConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneConfigTest {
  private static final Backbone PRETRAINED =
      new Backbone(
          new ClipShape(16, 224, 224, 2, 16),
          new EncoderConfig(48, 3, 3),
          BlockConfig.VIDEO_MAE,
          PositionKind.SIN_COS,
          false,
          PixelNorm.GREY);

  @TempDir static Path folder = Path.of("");

  @Test
  void read_whatTheRecipeLeavesOut_comesFromTheCheckpoint() throws IOException {
    FineTuneConfig config = FineTuneConfig.read(bare(), Map.of(), 7, Optional.of(PRETRAINED));

    assertThat(config.model().clip()).isEqualTo(PRETRAINED.clip());
    assertThat(config.model().encoder()).isEqualTo(PRETRAINED.encoder());
    assertThat(config.model().block()).isEqualTo(PRETRAINED.block());
    assertThat(config.model().positions()).isEqualTo(PRETRAINED.positions());
    assertThat(config.pixels()).isEqualTo(PRETRAINED.pixels());
    assertThat(config.model().classes()).isEqualTo(7);
  }

  @Test
  void read_whatTheRecipeSays_goesBeforeTheCheckpoint() throws IOException {
    FineTuneConfig config =
        FineTuneConfig.read(
            bare(),
            Map.of("model.clip.frames", "8", "pixels.mean", "[0, 0, 0]"),
            7,
            Optional.of(PRETRAINED));

    assertThat(config.model().clip()).isEqualTo(new ClipShape(8, 224, 224, 2, 16));
    assertThat(config.model().encoder()).isEqualTo(PRETRAINED.encoder());
    assertThat(config.pixels().mean()).containsOnly(0.0);
    assertThat(config.pixels().std()).isEqualTo(PRETRAINED.pixels().std());
  }

  @Test
  void read_shippedDemo_standsOnItsOwn() throws IOException {
    FineTuneConfig config = FineTuneConfig.read("finetune-demo", Map.of(), 10, Optional.empty());

    assertThat(config.model().classes()).isEqualTo(10);
    assertThat(config.model().clip().height()).isEqualTo(48);
  }

  @Test
  void read_classesOfTheRecipe_mustBeThoseOfTheData() throws IOException {
    Map<String, String> ten = Map.of("model.classes", "10");

    assertThat(FineTuneConfig.read("finetune-demo", ten, 10, Optional.empty()).model().classes())
        .isEqualTo(10);
    assertThatThrownBy(() -> FineTuneConfig.read("finetune-demo", ten, 9, Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.classes is 10")
        .hasMessageContaining("9 classes");
  }

  @Test
  void read_recipeForPretraining_isRefusedInASentence() {
    assertThatThrownBy(() -> FineTuneConfig.read("demo", Map.of(), 10, Optional.of(PRETRAINED)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("recipe demo")
        .hasMessageContaining("pre-training");
  }

  @Test
  void read_pretrainingWithARecipeForLabels_isRefusedInASentence() {
    assertThatThrownBy(() -> PretrainConfig.read("finetune-demo", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("recipe finetune-demo")
        .hasMessageContaining("fine-tuning");
  }

  @Test
  void read_noEncoderFromScratch_saysWhereOneWouldComeFrom() {
    assertThatThrownBy(() -> FineTuneConfig.read(bare(), Map.of(), 10, Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.encoder")
        .hasMessageContaining("checkpoint");
  }

  @Test
  void read_modelThatIsNoGroup_isNamed() {
    assertThatThrownBy(
            () ->
                FineTuneConfig.read(
                    "finetune-demo", Map.of("model", "3"), 10, Optional.of(PRETRAINED)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'model'");
  }

  @Test
  void read_oddBatchThatIsMixed_isRefusedWithItsNumber() {
    assertRefused(
        "train.batch must be even, got 5",
        "train.batch",
        "5",
        "supervision.mix.mixup-alpha",
        "0.8",
        "supervision.mix.probability",
        "1");
  }

  @Test
  void read_oddBatchNeverMixed_isFine() throws IOException {
    assertThat(demo("train.batch", "5").train().batch()).isEqualTo(5);
  }

  @Test
  void read_settingsOutOfRange_areNamedWithTheirValues() {
    assertRefused(
        "train.batch must be a multiple of data.repeats: batch=4, repeats=3",
        "train.batch",
        "4",
        "data.repeats",
        "3");
    assertRefused("layer-decay must lie in (0, 1], got 1.5", "layer-decay", "1.5");
    assertRefused("averaging must lie in [0, 1), got 1.0", "averaging", "1");
    assertRefused("smoothing must lie in [0, 1), got 1.0", "supervision.smoothing", "1");
    assertRefused("every-epochs must be above 0, got 0.0", "validation.every-epochs", "0");
    assertRefused("short-side=32, clip=48 x 48", "validation.views.short-side", "32");
    assertRefused(
        "recompute-first-3, model.encoder.depth=2", "train.activations", "recompute-first-3");
    assertRefused("dropout must lie in [0, 1), got 1.0", "model.dropout", "1");
  }

  private static void assertRefused(String words, String... changes) {
    assertThatThrownBy(() -> demo(changes))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("finetune-demo")
        .hasMessageContaining(words);
  }

  private static FineTuneConfig demo(String... changes) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    return FineTuneConfig.read("finetune-demo", settings, 10, Optional.empty());
  }

  /** The base of all VideoMAE fine-tunings, which says nothing of clip, encoder or pixels. */
  private static String bare() throws IOException {
    return Files.writeString(folder.resolve("bare.yaml"), "extends: base/videomae-finetune\n")
        .toString();
  }
}

package io.tubelet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.objective.TokenTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainConfigTest {

  static List<String> names() {
    return Recipes.names();
  }

  static List<String> pretraining() throws IOException {
    List<String> names = new ArrayList<>(names());
    for (String name : names()) {
      JsonNode recipe = Recipes.tree(name, Map.of());
      if (FineTuneConfig.isFineTuning(recipe) || ContrastiveConfig.isContrastive(recipe)) {
        names.remove(name);
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("pretraining")
  void read_shippedRecipe_resolvesAndSurvivesARoundTrip(String name) throws IOException {
    PretrainConfig config = PretrainConfig.read(name, Map.of());

    String yaml = ConfigFormat.yaml(config);
    PretrainConfig again =
        ConfigFormat.bind(ConfigFormat.parse(yaml, name), PretrainConfig.class, name);
    assertThat(again).isEqualTo(config);
  }

  @ParameterizedTest
  @MethodSource("names")
  void head_shippedRecipe_saysCommandHardwareTimeAndResult(String name) throws IOException {
    String head = Files.readString(recipes().resolve(name + ".yaml"));

    assertThat(head.lines().takeWhile(line -> line.startsWith("#")).toList().toString())
        .contains("command:", "hardware:", "time:", "result:")
        .contains(name.equals("demo") ? "./tubelet demo" : "--recipe " + name);
  }

  @Test
  void names_index_listsEveryRecipeFile() throws IOException {
    try (Stream<Path> files = Files.list(recipes())) {
      List<String> there =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> file.endsWith(".yaml"))
              .map(file -> file.substring(0, file.length() - 5))
              .sorted()
              .toList();
      assertThat(Recipes.names()).isEqualTo(there);
    }
  }

  @Test
  void read_override_replacesOneSetting() throws IOException {
    PretrainConfig config =
        PretrainConfig.read("demo", Map.of("mask.ratio", "0.5", "train.epochs", "3"));

    assertThat(config.mask().ratio()).isEqualTo(0.5);
    assertThat(config.train().epochs()).isEqualTo(3);
  }

  @Test
  void read_otherKind_dropsTheSettingsOfTheFormerKind(@TempDir Path folder) throws IOException {
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(mine, "extends: demo\ndata:\n  crop: {kind: centre}\n");

    assertThat(PretrainConfig.read(mine.toString(), Map.of()).data().crop().toString())
        .contains("CentreCrop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.epoch       | 3       | train.epoch, train.epochs",
        "data.shortside    | 3       | data.shortside, short-side",
        "mask.kind         | tubes   | mask.kind, tubes, tube",
        "mask.ratio        | 1.5     | mask.ratio, 1.5",
        "mask.ratio        | 0.9999  | 0.9999, 0 of 144",
        "model.clip.width  | 65      | 65, 8, remainder 1",
        "model.encoder.heads | 5     | 128, 5",
        "train.batch       | many    | train.batch",
        "train.precision   | fp8     | train.precision, fp32, bf16",
        "train.device      | gpu     | train.device, cuda:N, gpu",
        "data.repeats      | 3       | batch=8, repeats=3, remainder 2",
        "optimizer.base-lr | -1      | optimizer.base-lr, -1",
        "train.batch.size  | 3       | train.batch.size, batch",
        "mask.ratio        | ''      | mask.ratio, has no value",
        "mask             | {kind: multi-block, ratio: 0.9, block-area: 2} | mask.block-area, 2",
        "mask             | {kind: multi-block, ratio: 0.9} | mask.block-area, missing",
        "target           | hogs     | target, patch-normalised, hog, teacher, hogs",
        "target           | {kind: teacher, width: 3} | target.checkpoint, missing",
        "target           | {kind: teacher, checkpoint: a, width: 0} | target.width, 0",
        "target           | {kind: teacher, checkpoint: a, width: 3, depth: 1} | target.depth",
        "model.decoder.predicted-frames | 3 | predicted-frames=3, frames=8",
        "loss             | l2       | loss, mse, smooth-l1",
        "decoder-mask.ratio | 0.3    | decoder-mask.ratio, 0.25, 0.3",
        "model.decoder.attention | all | model.decoder.attention, self, cross",
        "train.activations | drop    | train.activations, recompute-first-N, got, drop",
        "train.activations | recompute-first-99 | recompute-first-99, model.encoder.depth=2",
      })
  void read_badOverride_isOneSentenceThatNamesIt(String key, String value, String parts) {
    assertThatThrownBy(() -> PretrainConfig.read("demo", Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasLineCount(1)
        .contains(parts.split(", "));
  }

  @Test
  void read_framesBetweenNeighbours_isRefused() {
    assertThatThrownBy(
            () ->
                PretrainConfig.read(
                    "demo",
                    Map.of("model.decoder.predicted-frames", "16", "data.sampling.stride", "1")))
        .hasMessageContaining("predicted-frames=16")
        .hasMessageContaining("data.sampling");
  }

  @ParameterizedTest
  @CsvSource({
    "unit, 384",
    "hog, 54",
    "{kind: hog}, 54",
    "'{kind: teacher, checkpoint: runs/x, width: 77}', 77"
  })
  void read_target_saysHowManyValuesATokenPredictsAndSurvivesARoundTrip(String target, int values)
      throws IOException {
    PretrainConfig config = PretrainConfig.read("demo", Map.of("target", target));
    assertThat(config.model().predictedValues()).isEqualTo(values);

    String yaml = ConfigFormat.yaml(config);
    assertThat(ConfigFormat.bind(ConfigFormat.parse(yaml, ""), PretrainConfig.class, ""))
        .isEqualTo(config);
    PretrainedConfig weights = PretrainedConfig.of(config);
    assertThat(PretrainedConfig.read(ConfigFormat.tree(weights), "a file")).isEqualTo(weights);
  }

  /** What files of the first runs say: a bare word, and nothing of the model's output. */
  @Test
  void tree_pixels_isABareWordAsEver() throws IOException {
    PretrainConfig config = PretrainConfig.read("demo", Map.of());
    assertThat(ConfigFormat.tree(config).get("target").asText()).isEqualTo("patch-normalised");
    assertThat(ConfigFormat.tree(config).get("model").has("predicted-values")).isFalse();
  }

  @Test
  void read_missingKey_isNamed(@TempDir Path folder) throws IOException {
    Path bare = folder.resolve("bare.yaml");
    Files.writeString(bare, "seed: 1\n");

    assertThatThrownBy(() -> PretrainConfig.read(bare.toString(), Map.of()))
        .hasMessageContaining("bare.yaml")
        .hasMessageContaining("'model'")
        .hasMessageContaining("missing");
  }

  @Test
  void read_unknownRecipe_offersTheNearest() {
    assertThatThrownBy(() -> PretrainConfig.read("jhmdb-smal", Map.of()))
        .hasMessageContaining("did you mean 'jhmdb-small'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.shuffle", "data.brightness"})
  void read_keyFarFromAll_listsTheKnownOnesWithoutAGuess(String key) {
    assertThatThrownBy(() -> PretrainConfig.read("demo", Map.of(key, "1")))
        .hasMessageContaining("unknown key '" + key + "'")
        .hasMessageContaining("known here: ")
        .message()
        .doesNotContain("did you mean");
  }

  @Test
  void read_extends_isLookedForBesideTheFile(@TempDir Path folder) throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("base.yaml"), "extends: demo\nmask: {ratio: 0.5}\n");
    Path mine = inner.resolve("mine.yaml");
    Files.writeString(mine, "extends: ../base.yaml\nseed: 77\n");

    PretrainConfig config = PretrainConfig.read(mine.toString(), Map.of());
    assertThat(config.seed()).isEqualTo(77);
    assertThat(config.mask().ratio()).isEqualTo(0.5);
  }

  @Test
  void read_extendsABareName_prefersTheShippedRecipe(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("demo"), "seed: 1\n");
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(mine, "extends: demo\nseed: 77\n");

    assertThat(PretrainConfig.read(mine.toString(), Map.of()).model())
        .isEqualTo(PretrainConfig.read("demo", Map.of()).model());
  }

  @Test
  void read_extendsAMissingFile_namesNameAndFolder(@TempDir Path folder) throws IOException {
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(mine, "extends: base.yaml\n");

    assertThatThrownBy(() -> PretrainConfig.read(mine.toString(), Map.of()))
        .hasMessageContaining("'base.yaml' in " + folder)
        .hasMessageContaining("jhmdb-small");
  }

  @Test
  void read_brokenYaml_namesTheLine(@TempDir Path folder) throws IOException {
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(broken, "seed: 1\nmask: {kind: tube\n");

    assertThatThrownBy(() -> PretrainConfig.read(broken.toString(), Map.of()))
        .hasMessageContaining("broken.yaml, line");
  }

  @Test
  void read_recipesInACircle_areRefused(@TempDir Path folder) throws IOException {
    Path one = folder.resolve("one.yaml");
    Path two = folder.resolve("two.yaml");
    Files.writeString(one, "extends: %s\n".formatted(two));
    Files.writeString(two, "extends: %s\n".formatted(one));

    assertThatThrownBy(() -> PretrainConfig.read(one.toString(), Map.of()))
        .hasMessageContaining("circle");
  }

  @Test
  void read_tokens_predictAVocabularyForEachFrame() throws IOException {
    PretrainConfig config =
        PretrainConfig.read(
            "demo",
            Map.of(
                "target", "{kind: tokens, tokenizer: runs/words, vocabulary: 256}",
                "loss", "cross-entropy",
                "model.decoder.predicted-frames", "4"));

    assertThat(config.target()).isEqualTo(new TokenTarget("runs/words", 256));
    assertThat(config.model().predictedValues()).isEqualTo(256);
    assertThat(ConfigFormat.yaml(config)).contains("vocabulary: 256", "loss: cross-entropy");
  }

  @Test
  void read_lossOfAnotherKindOfTarget_namesBoth() {
    Map<String, String> squares =
        Map.of("target", "{kind: tokens, tokenizer: runs/words, vocabulary: 256}");
    assertThatThrownBy(() -> PretrainConfig.read("demo", squares))
        .hasMessageContaining("loss=mse")
        .hasMessageContaining("runs/words");
    assertThatThrownBy(() -> PretrainConfig.read("demo", Map.of("loss", "cross-entropy")))
        .hasMessageContaining("loss=cross-entropy")
        .hasMessageContaining("patch-normalised");
  }

  @Test
  void read_tokensWithoutVocabulary_namesTheKey() {
    Map<String, String> missing =
        Map.of("target", "{kind: tokens, tokenizer: runs/words}", "loss", "cross-entropy");
    assertThatThrownBy(() -> PretrainConfig.read("demo", missing))
        .hasMessageContaining("vocabulary");
  }

  private static Path recipes() {
    return Path.of(System.getProperty("tubelet.root"), "recipes");
  }
}

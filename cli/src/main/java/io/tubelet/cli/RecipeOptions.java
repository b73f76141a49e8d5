package io.tubelet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.config.Backbone;
import io.tubelet.config.ContrastiveConfig;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.config.PretrainConfig;
import io.tubelet.config.Recipes;
import io.tubelet.data.Manifest;
import io.tubelet.run.Pretraining;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which recipe, and what is changed in it. */
final class RecipeOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the recipe, e.g. --set mask.ratio=0.75; repeatable.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  PretrainConfig read(String recipe) throws IOException {
    return PretrainConfig.read(recipe, overrides);
  }

  /** A recipe of whichever kind for training without labels. */
  Pretraining pretraining(String recipe, Manifest videos) throws IOException {
    return Pretraining.read(recipe, overrides, videos);
  }

  /** A recipe for pre-training by contrast. */
  ContrastiveConfig contrastive(String recipe) throws IOException {
    return ContrastiveConfig.read(recipe, overrides);
  }

  /** A recipe for training with labels. */
  FineTuneConfig fineTuning(String recipe, int classes, Optional<Backbone> pretrained)
      throws IOException {
    return FineTuneConfig.read(recipe, overrides, classes, pretrained);
  }

  /** The recipe with all it inherits, not yet bound. */
  JsonNode tree(String recipe) throws IOException {
    return Recipes.tree(recipe, overrides);
  }
}

package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.data.DataConfig;
import io.tubelet.model.ContrastiveModelConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.train.Contrast;
import io.tubelet.train.OptimizerConfig;
import io.tubelet.train.TrainConfig;
import java.io.IOException;
import java.util.Map;

/**
 * A pre-training by contrast, completely: what is not in here cannot change its result, except the
 * videos.
 *
 * @param seed of all random streams and of the first weights
 * @param model encoder and heads, with the clips it takes
 * @param contrast how views are told from each other
 * @param pixels how its input is normalised
 * @param data how videos become clips, two of each
 * @param optimizer how weights are updated
 * @param train how long and in what portions
 */
public record ContrastiveConfig(
    long seed,
    ContrastiveModelConfig model,
    Contrast contrast,
    PixelNorm pixels,
    DataConfig data,
    OptimizerConfig optimizer,
    TrainConfig train) {

  public ContrastiveConfig {
    if (data.repeats() != Contrast.VIEWS) {
      throw new IllegalArgumentException(
          "data.repeats must be %d, the views of a video that are contrasted, got %d"
              .formatted(Contrast.VIEWS, data.repeats()));
    }
    if (train.batch() % Contrast.VIEWS != 0 || train.batch() < 2 * Contrast.VIEWS) {
      throw new IllegalArgumentException(
          "train.batch counts clips, %d of each video, of which at least two must be there to contrast: it must be an even number from %d on, got %d"
              .formatted(Contrast.VIEWS, 2 * Contrast.VIEWS, train.batch()));
    }
    train.activations().requireWithin(model.encoder().depth());
  }

  /** Videos of one batch: a view of one has the others' for negatives. */
  public int videosOfBatch() {
    return train.batch() / Contrast.VIEWS;
  }

  /**
   * Reads a recipe.
   *
   * @param nameOrFile a shipped recipe's name, or a YAML file
   * @param overrides dotted keys such as {@code contrast.temperature}, with YAML values
   * @throws ConfigException naming the key at fault and what would be right
   */
  public static ContrastiveConfig read(String nameOrFile, Map<String, String> overrides)
      throws IOException {
    return ConfigFormat.bind(
        LaterSettings.completed(Recipes.tree(nameOrFile, overrides)),
        ContrastiveConfig.class,
        "recipe " + nameOrFile);
  }

  /** Whether a recipe is one of these. */
  public static boolean isContrastive(JsonNode recipe) {
    return recipe.has("contrast");
  }
}

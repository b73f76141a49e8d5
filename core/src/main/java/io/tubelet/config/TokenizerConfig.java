package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.data.DataConfig;
import io.tubelet.tokenizer.DvaeConfig;
import io.tubelet.train.TokenizerTrainConfig;
import java.io.IOException;
import java.util.Map;

/**
 * The training of a tokenizer, completely.
 *
 * @param seed of all random streams and of the first weights
 * @param model the discrete variational autoencoder
 * @param picture what it is shown
 * @param data how videos become pictures
 * @param train how long and in what portions
 */
public record TokenizerConfig(
    long seed,
    DvaeConfig model,
    PictureConfig picture,
    DataConfig data,
    TokenizerTrainConfig train) {
  private static final String TOKENIZER = "tokenizer";

  public TokenizerConfig {
    if (train.batch() % data.repeats() != 0) {
      throw new IllegalArgumentException(
          "train.batch must be a multiple of data.repeats: batch=%d, repeats=%d"
              .formatted(train.batch(), data.repeats()));
    }
  }

  /**
   * Reads a recipe.
   *
   * @param nameOrFile a shipped recipe's name, such as {@code tokenizers/small}, or a YAML file
   * @param overrides dotted keys such as {@code train.updates}, with YAML values
   * @throws ConfigException naming the key at fault and what would be right
   */
  public static TokenizerConfig read(String nameOrFile, Map<String, String> overrides)
      throws IOException {
    return ConfigFormat.bind(
        Recipes.tree(nameOrFile, overrides), TokenizerConfig.class, "recipe " + nameOrFile);
  }

  /** What must be known to use a tokenizer's weights; it travels inside their file. */
  public JsonNode description() {
    return ConfigFormat.tree(Map.of(TOKENIZER, model));
  }

  /**
   * Refuses a tokenizer where a model of clips is wanted.
   *
   * @param tree that a file of ours carries
   * @throws ConfigException naming the file
   */
  public static void requireNone(JsonNode tree, String source) {
    if (tree.has(TOKENIZER)) {
      throw new ConfigException(
          source + ": is a tokenizer, which 'target: {kind: tokens, ...}' uses; a model is wanted");
    }
  }
}

package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.data.DataConfig;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.train.OptimizerConfig;
import io.tubelet.train.Supervision;
import io.tubelet.train.TrainConfig;
import io.tubelet.train.ValidationConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A training with labels, completely: what is not in here cannot change its result, except the
 * videos and the weights it starts from.
 *
 * @param seed of all random streams and of the first weights
 * @param model the classifier, with the clips it takes
 * @param pixels how its input is normalised
 * @param data how videos become clips
 * @param supervision what is done to clips and labels
 * @param optimizer how weights are updated
 * @param layerDecay factor on the learning rate from a layer to the one before; 1 for none
 * @param averaging decay of the running average of the weights, which then is what is validated and
 *     saved for use; 0 for none
 * @param train how long and in what portions
 * @param validation how the model is looked at meanwhile
 */
public record FineTuneConfig(
    long seed,
    ClassifierConfig model,
    PixelNorm pixels,
    DataConfig data,
    Supervision supervision,
    OptimizerConfig optimizer,
    double layerDecay,
    double averaging,
    TrainConfig train,
    ValidationConfig validation) {

  public FineTuneConfig {
    if (train.batch() % data.repeats() != 0) {
      throw new IllegalArgumentException(
          "train.batch must be a multiple of data.repeats: batch=%d, repeats=%d (remainder %d)"
              .formatted(train.batch(), data.repeats(), train.batch() % data.repeats()));
    }
    if (supervision.mix().mixes() && train.batch() % 2 != 0) {
      throw new IllegalArgumentException(
          "mixup and cutmix pair the clips of a batch: train.batch must be even, got "
              + train.batch());
    }
    train.activations().requireWithin(model.encoder().depth());
    if (!(layerDecay > 0 && layerDecay <= 1)) {
      throw new IllegalArgumentException("layer-decay must lie in (0, 1], got " + layerDecay);
    }
    if (!(averaging >= 0 && averaging < 1)) {
      throw new IllegalArgumentException("averaging must lie in [0, 1), got " + averaging);
    }
    validation.views().requireFits(model.clip());
  }

  /**
   * Reads a recipe for so many classes.
   *
   * @param pretrained what the run starts from: it says the clip, the encoder and the normalisation
   *     where the recipe does not
   * @param overrides dotted keys such as {@code train.epochs}, with YAML values
   * @throws ConfigException naming the key at fault and what would be right
   */
  public static FineTuneConfig read(
      String nameOrFile, Map<String, String> overrides, int classes, Optional<Backbone> pretrained)
      throws IOException {
    String source = "recipe " + nameOrFile;
    JsonNode recipe = LaterSettings.completed(Recipes.tree(nameOrFile, overrides));
    if (!isFineTuning(recipe)) {
      throw new ConfigException(
          source + ": is for pre-training: it says nothing about supervision");
    }
    ObjectNode tree = pretrained.map(Backbone::tree).orElseGet(ConfigFormat::emptyTree);
    Recipes.merge(tree, (ObjectNode) recipe);
    if (!(tree.path("model") instanceof ObjectNode model)) {
      throw new ConfigException(source + ": 'model' must be a group of settings");
    }
    if (model.has("classes") && model.get("classes").asInt() != classes) {
      throw new ConfigException(
          "%s: model.classes is %s, but the data has %d classes; leave it out"
              .formatted(source, model.get("classes"), classes));
    }
    model.put("classes", classes);
    if (!model.has("encoder")) {
      throw new ConfigException(
          source + ": model.encoder is missing; a checkpoint would say it, or the recipe must");
    }
    return ConfigFormat.bind(tree, FineTuneConfig.class, source);
  }

  /** Whether a recipe is one of these. */
  public static boolean isFineTuning(JsonNode recipe) {
    return recipe.has("supervision");
  }
}

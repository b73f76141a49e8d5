package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.data.DataConfig;
import io.tubelet.mask.DecoderMask;
import io.tubelet.mask.DualMasking;
import io.tubelet.mask.Masking;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PredictedFrames;
import io.tubelet.objective.Loss;
import io.tubelet.objective.Target;
import io.tubelet.sample.FramesBetween;
import io.tubelet.train.OptimizerConfig;
import io.tubelet.train.TrainConfig;
import java.io.IOException;
import java.util.Map;

/**
 * A pre-training run, completely: what is not in here cannot change its result, except the videos.
 *
 * @param seed of all random streams and of the first weights
 * @param model the masked autoencoder, with the clips it takes
 * @param mask which tokens are hidden
 * @param decoderMask which of them need not be predicted
 * @param pixels how its input is normalised
 * @param target what it predicts of hidden tokens
 * @param loss how the prediction is scored
 * @param data how videos become clips
 * @param optimizer how weights are updated
 * @param train how long and in what portions
 */
public record PretrainConfig(
    long seed,
    MaskedAutoencoderConfig model,
    Masking mask,
    DecoderMask decoderMask,
    PixelNorm pixels,
    Target target,
    Loss loss,
    DataConfig data,
    OptimizerConfig optimizer,
    TrainConfig train) {

  public PretrainConfig {
    PredictedFrames predicted = model.predicted();
    model = model.predicting(target.valuesPerToken(predicted));
    if (predicted.lieBetween() && !FramesBetween.existFor(data.sampling(), model.clip().frames())) {
      throw new IllegalArgumentException(
          "decoder.predicted-frames=%d asks for frames between the %d of the clip, which are neighbours in the video: data.sampling must leave some out, got %s"
              .formatted(predicted.count(), model.clip().frames(), data.sampling()));
    }
    if (!target.isScoredBy(loss)) {
      throw new IllegalArgumentException(
          "loss cross-entropy goes with target {kind: tokens, ...}, the others with every other target: loss=%s, target=%s"
              .formatted(KebabCaseEnums.of(loss), target.describe(predicted)));
    }
    masking(mask, decoderMask).hiddenTokens(model.clip()); // refuses ratios that leave nothing
    train.activations().requireWithin(model.encoder().depth());
    if (train.batch() % data.repeats() != 0) {
      throw new IllegalArgumentException(
          "train.batch must be a multiple of data.repeats: batch=%d, repeats=%d (remainder %d)"
              .formatted(train.batch(), data.repeats(), train.batch() % data.repeats()));
    }
  }

  /** What is hidden and predicted in training. */
  public Masking masking() {
    return masking(mask, decoderMask);
  }

  private static Masking masking(Masking mask, DecoderMask decoderMask) {
    return decoderMask.equals(DecoderMask.NONE) ? mask : new DualMasking(mask, decoderMask);
  }

  /**
   * Reads a recipe.
   *
   * @param nameOrFile a shipped recipe's name, or a YAML file
   * @param overrides dotted keys such as {@code mask.ratio}, with YAML values
   * @throws ConfigException naming the key at fault and what would be right
   */
  public static PretrainConfig read(String nameOrFile, Map<String, String> overrides)
      throws IOException {
    String source = "recipe " + nameOrFile;
    JsonNode recipe = Recipes.tree(nameOrFile, overrides);
    if (FineTuneConfig.isFineTuning(recipe)) {
      throw new ConfigException(source + ": is for fine-tuning: it says how to supervise");
    }
    if (ContrastiveConfig.isContrastive(recipe)) {
      throw new ConfigException(
          source + ": is for pre-training by contrast: nothing is masked in it");
    }
    return ConfigFormat.bind(LaterSettings.completed(recipe), PretrainConfig.class, source);
  }
}

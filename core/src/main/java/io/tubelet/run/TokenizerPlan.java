package io.tubelet.run;

import io.tubelet.config.TokenizerConfig;
import io.tubelet.data.Manifest;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.tokenizer.DiscreteVae;
import io.tubelet.tokenizer.DvaeConfig;

/**
 * What the training of a tokenizer means for a set of videos.
 *
 * @param config the run
 * @param manifest its videos
 * @param training how long and how fast
 */
public record TokenizerPlan(TokenizerConfig config, Manifest manifest, TrainingPlan training) {

  /** Draws the plan. */
  public TokenizerPlan(TokenizerConfig config, Manifest manifest) {
    this(config, manifest, training(config, manifest));
  }

  private static TrainingPlan training(TokenizerConfig config, Manifest manifest) {
    double updatesPerEpoch =
        TrainingPlan.batchesPerEpoch(manifest, config.data(), config.train().batch());
    return new TrainingPlan(
        manifest,
        config.data(),
        config.train().optimizer(updatesPerEpoch),
        config.train().train(updatesPerEpoch),
        config.train().batch());
  }

  /** The plan for a person, before anything is started. */
  public String describe(String startsFrom) {
    DvaeConfig model = config.model();
    int stride = DvaeConfig.STRIDE;
    long parameters = parameters(model);
    return new PlanTable()
        .row("videos", "%,d from %s", manifest.size(), manifest.source())
        .row(
            "pictures",
            "%d of each clip, %d x %d: %d x %d words of %d pixels",
            config.picture().frames(),
            config.picture().height(),
            config.picture().width(),
            config.picture().height() / stride,
            config.picture().width() / stride,
            stride)
        .row("vocabulary", "%,d words", model.vocabulary())
        .row("parameters", "%,d; %d channels to %d", parameters, model.width(), 8 * model.width())
        .training(training, parameters)
        .row("starts from", "%s", startsFrom)
        .toString();
  }

  private static long parameters(DvaeConfig config) {
    try (var scope = new TensorScope();
        DiscreteVae model = new DiscreteVae(config, new Compute(Precision.FP32, Placement.META))) {
      return model.parameterCount();
    }
  }
}

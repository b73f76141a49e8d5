package io.tubelet.run;

import io.tubelet.config.PretrainConfig;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.data.Manifest;
import io.tubelet.distributed.Ranks;
import io.tubelet.model.Flops;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.TrainingMemory;
import io.tubelet.report.StepSink;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.ScheduleKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a pre-training's configuration means for a set of videos.
 *
 * @param config the run
 * @param manifest its videos
 * @param training how long and how fast
 */
public record PretrainPlan(PretrainConfig config, Manifest manifest, TrainingPlan training)
    implements Pretraining {

  /**
   * Draws the plan.
   *
   * @throws io.tubelet.config.ConfigException when the run would make no update
   */
  public PretrainPlan(PretrainConfig config, Manifest manifest) {
    this(
        config,
        manifest,
        new TrainingPlan(
            manifest, config.data(), config.optimizer(), config.train(), lrBatch(config)));
  }

  /** Clips of an update for VideoMAE; mae_st counts videos, however many clips each gives. */
  private static int lrBatch(PretrainConfig config) {
    int clips = config.train().effectiveBatch();
    return config.optimizer().schedule() == ScheduleKind.MAE_ST
        ? clips / config.data().repeats()
        : clips;
  }

  /** Tokens that the encoder sees. */
  public int visibleTokens() {
    return config.mask().visibleTokens(config.model().clip());
  }

  /** Tokens that are predicted. */
  public int hiddenTokens() {
    return config.masking().hiddenTokens(config.model().clip());
  }

  @Override
  public PretrainRun open(Path path, Start start, List<StepSink> watchers, Ranks ranks)
      throws IOException {
    return new PretrainRun(this, path, start, watchers, ranks);
  }

  @Override
  public PretrainedConfig weights() {
    return PretrainedConfig.of(config);
  }

  @Override
  public Flops flops() {
    return Flops.of(config.model(), visibleTokens(), hiddenTokens());
  }

  @Override
  public TrainingMemory memory() {
    return TrainingMemory.of(
        config.model(),
        visibleTokens(),
        hiddenTokens(),
        parameters(),
        config.train().compute(Placement.CPU));
  }

  /** Trained values. */
  long parameters() {
    try (var scope = new TensorScope();
        MaskedAutoencoder model =
            new MaskedAutoencoder(config.model(), new Compute(Precision.FP32, Placement.META))) {
      return model.parameterCount();
    }
  }

  @Override
  public String describe(String startsFrom) {
    return new PretrainPlanText(this).text(startsFrom);
  }
}

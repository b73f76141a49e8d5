package io.tubelet.run;

import io.tubelet.config.ConfigException;
import io.tubelet.config.ContrastiveConfig;
import io.tubelet.config.EncoderWeightsConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.data.Manifest;
import io.tubelet.distributed.Ranks;
import io.tubelet.model.ContrastiveModel;
import io.tubelet.model.ContrastiveModelConfig;
import io.tubelet.model.Flops;
import io.tubelet.model.TrainingMemory;
import io.tubelet.report.StepSink;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.Contrast;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the configuration of a pre-training by contrast means for a set of videos.
 *
 * @param config the run
 * @param manifest its videos
 * @param training how long and how fast
 */
public record ContrastPlan(ContrastiveConfig config, Manifest manifest, TrainingPlan training)
    implements Pretraining {

  public ContrastPlan {
    if (manifest.size() < config.videosOfBatch()) {
      throw new ConfigException(
          "%s has %d videos and a batch takes %d: a video would be contrasted with itself; lower train.batch to %d at most"
              .formatted(
                  manifest.source(),
                  manifest.size(),
                  config.videosOfBatch(),
                  Contrast.VIEWS * manifest.size()));
    }
  }

  /**
   * Draws the plan. The learning rate counts videos, as MoCo v3's batch does.
   *
   * @throws ConfigException when the run would make no update, or a batch has more videos than
   *     there are
   */
  public ContrastPlan(ContrastiveConfig config, Manifest manifest) {
    this(
        config,
        manifest,
        new TrainingPlan(
            manifest,
            config.data(),
            config.optimizer(),
            config.train(),
            config.train().effectiveBatch() / Contrast.VIEWS));
  }

  /**
   * What batches are made of.
   *
   * @param clips of a batch, two of each video
   */
  BatchSpec batches(int clips) {
    return BatchSpec.views(
        clips, config.model().clip(), config.contrast().sameFrames(), config.contrast().views());
  }

  @Override
  public ContrastRun open(Path path, Start start, List<StepSink> watchers, Ranks ranks)
      throws IOException {
    if (ranks.size() > 1) {
      throw new ConfigException(
          "learning by contrast compares all clips of a batch in one process, and this is one of %d; start it without a launcher"
              .formatted(ranks.size()));
    }
    return new ContrastRun(this, path, start, watchers);
  }

  @Override
  public EncoderWeightsConfig weights() {
    return EncoderWeightsConfig.of(config);
  }

  @Override
  public Flops flops() {
    return Flops.of(config.model());
  }

  @Override
  public TrainingMemory memory() {
    return TrainingMemory.of(config.model(), parameters(), config.train().compute(Placement.CPU));
  }

  @Override
  public String describe(String startsFrom) {
    ContrastiveModelConfig model = config.model();
    long parameters = parameters();
    return new PlanTable()
        .row("videos", "%,d from %s", manifest.size(), manifest.source())
        .clip(model.clip())
        .row(
            "contrast",
            "2 views of each video, %s; the other view among %,d at temperature %s",
            config.contrast().sameFrames() ? "of the same frames" : "each with frames of its own",
            config.videosOfBatch(),
            config.contrast().temperature())
        .row(
            "keys",
            "by weights that follow with momentum %s, rising to 1; patch projection %s",
            config.contrast().momentum(),
            model.frozenPatches() ? "stays as drawn" : "learns")
        .row("parameters", "%,d, heads included", parameters)
        .work(
            flops(),
            Flops.recomputed(model, config.train().activations()).plus(flops()), // and the keys'
            config.train())
        .memory(memory(), training, parameters)
        .training(training, parameters)
        .row("starts from", "%s", startsFrom)
        .toString();
  }

  private long parameters() {
    try (var scope = new TensorScope();
        ContrastiveModel model =
            ContrastiveModel.trained(config.model(), new Compute(Precision.FP32, Placement.META))) {
      return model.parameterCount();
    }
  }
}

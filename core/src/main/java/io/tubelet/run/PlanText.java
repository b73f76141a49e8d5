package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.RunConfig;
import io.tubelet.model.Flops;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.TrainingMemory;
import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.util.Locale;

/** The plan of a run as a table for a person. */
final class PlanText {
  private final RunPlan plan;
  private final StringBuilder text = new StringBuilder();

  PlanText(RunPlan plan) {
    this.plan = plan;
  }

  String text(String startsFrom) {
    RunConfig config = plan.config();
    MaskedAutoencoderConfig model = config.model();
    ClipShape clip = model.clip();
    int batch = config.train().batch();
    long parameters = parameters(model);
    TrainingMemory memory =
        TrainingMemory.of(
            model, plan.visibleTokens(), parameters, config.train().compute(Placement.CPU));
    double forward = Flops.of(model, plan.visibleTokens()).products();

    // The backward pass is twice the forward one; recomputing adds another forward pass.
    int passes = config.train().activations() == Activations.RECOMPUTE ? 4 : 3;

    row("videos", "%,d from %s", plan.manifest().size(), plan.manifest().source());
    row(
        "clip",
        "%d x %d x %d, %d x %d x %d tubelets: %,d tokens",
        clip.frames(),
        clip.height(),
        clip.width(),
        clip.tube(),
        clip.patch(),
        clip.patch(),
        clip.tokens());
    row(
        "mask",
        "%s %s: %,d visible, %,d hidden",
        config.mask().label(),
        config.mask().ratio(),
        plan.visibleTokens(),
        clip.tokens() - plan.visibleTokens());
    row("parameters", "%,d", parameters);
    row(
        "work",
        "%.2f GFLOP forward a clip, %.1f GFLOP an update (a multiply-add counts once)",
        forward / 1e9,
        passes * forward * config.train().effectiveBatch() / 1e9);
    row(
        "memory",
        "about %s: weights and moments %s, activations of %d clips %s; decoded videos up to %s",
        size(memory.ofBatch(batch)),
        size(memory.state()),
        batch,
        size(batch * memory.activationsPerClip()),
        size(config.data().cache().bytes()));
    row(
        "batch",
        "%d clips x %d accumulated = %d an update; %d clips of each decoded video",
        batch,
        config.train().accumulate(),
        config.train().effectiveBatch(),
        config.data().repeats());
    row(
        "length",
        "%,d updates = %s effective epochs of %.2f updates",
        plan.steps(),
        config.train().epochs(),
        plan.stepsPerEpoch());
    row(
        "learning rate",
        "%.2e = %.2e x %d / 256, after %s epochs of warm-up; %.2e at the end",
        plan.peakLr(),
        config.optimizer().baseLr(),
        plan.lrBatch(),
        config.optimizer().warmupEpochs(),
        plan.floorLr());
    row(
        "computes in",
        "%s on %s",
        config.train().precision().name().toLowerCase(Locale.ROOT),
        config.train().device());
    row("starts from", "%s", startsFrom);
    return text.toString();
  }

  private static long parameters(MaskedAutoencoderConfig config) {
    try (var scope = new TensorScope();
        MaskedAutoencoder model =
            new MaskedAutoencoder(config, new Compute(Precision.FP32, Placement.META))) {
      return model.parameterCount();
    }
  }

  private void row(String what, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-14s ", what))
        .append(String.format(Locale.ROOT, format, values))
        .append(System.lineSeparator());
  }

  private static String size(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.0f MiB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}

package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.PretrainConfig;
import io.tubelet.model.Flops;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.TrainingMemory;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;

/** The plan of a pre-training as a table for a person. */
record PretrainPlanText(PretrainPlan plan) {

  String text(String startsFrom) {
    PretrainConfig config = plan.config();
    MaskedAutoencoderConfig model = config.model();
    ClipShape clip = model.clip();
    long parameters = parameters(model);
    TrainingMemory memory =
        TrainingMemory.of(
            model, plan.visibleTokens(), parameters, config.train().compute(Placement.CPU));
    return new PlanTable()
        .row("videos", "%,d from %s", plan.manifest().size(), plan.manifest().source())
        .clip(clip)
        .row(
            "mask",
            "%s %s: %,d visible, %,d hidden",
            config.mask().label(),
            config.mask().ratio(),
            plan.visibleTokens(),
            clip.tokens() - plan.visibleTokens())
        .row("parameters", "%,d", parameters)
        .work(
            Flops.of(model, plan.visibleTokens()),
            Flops.recomputed(model, plan.visibleTokens(), config.train().activations()),
            config.train())
        .memory(memory, plan.training(), parameters)
        .training(plan.training(), parameters)
        .row("starts from", "%s", startsFrom)
        .toString();
  }

  private static long parameters(MaskedAutoencoderConfig config) {
    try (var scope = new TensorScope();
        MaskedAutoencoder model =
            new MaskedAutoencoder(config, new Compute(Precision.FP32, Placement.META))) {
      return model.parameterCount();
    }
  }
}

package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.PretrainConfig;
import io.tubelet.mask.DecoderMask;
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
            model,
            plan.visibleTokens(),
            plan.hiddenTokens(),
            parameters,
            config.train().compute(Placement.CPU));
    return new PlanTable()
        .row("videos", "%,d from %s", plan.manifest().size(), plan.manifest().source())
        .clip(clip)
        .row(
            "mask",
            "%s %s: %,d visible, %,d hidden%s",
            config.mask().label(),
            config.mask().ratio(),
            plan.visibleTokens(),
            clip.tokens() - plan.visibleTokens(),
            spared())
        .row(
            "target",
            "%s: %,d values a token; %s",
            config.target().describe(model.predicted()),
            model.predictedValues(),
            config.loss().label())
        .row("parameters", "%,d", parameters)
        .work(
            Flops.of(model, plan.visibleTokens(), plan.hiddenTokens()),
            Flops.recomputed(
                model, plan.visibleTokens(), plan.hiddenTokens(), config.train().activations()),
            config.train())
        .memory(memory, plan.training(), parameters)
        .training(plan.training(), parameters)
        .loading(clip, plan.training())
        .row("starts from", "%s", startsFrom)
        .toString();
  }

  private String spared() {
    return plan.config().decoderMask().equals(DecoderMask.NONE)
        ? ""
        : String.format(", %,d of them predicted", plan.hiddenTokens());
  }

  private static long parameters(MaskedAutoencoderConfig config) {
    try (var scope = new TensorScope();
        MaskedAutoencoder model =
            new MaskedAutoencoder(config, new Compute(Precision.FP32, Placement.META))) {
      return model.parameterCount();
    }
  }
}

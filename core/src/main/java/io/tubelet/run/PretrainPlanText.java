package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.PretrainConfig;
import io.tubelet.mask.DecoderMask;
import io.tubelet.model.Flops;
import io.tubelet.model.MaskedAutoencoderConfig;

/** The plan of a pre-training as a table for a person. */
record PretrainPlanText(PretrainPlan plan) {

  String text(String startsFrom) {
    PretrainConfig config = plan.config();
    MaskedAutoencoderConfig model = config.model();
    ClipShape clip = model.clip();
    long parameters = plan.parameters();
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
            plan.flops(),
            Flops.recomputed(
                model, plan.visibleTokens(), plan.hiddenTokens(), config.train().activations()),
            config.train())
        .memory(plan.memory(), plan.training(), parameters)
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
}

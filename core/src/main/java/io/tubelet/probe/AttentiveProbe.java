package io.tubelet.probe;

import io.tubelet.objective.CrossEntropy;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.optim.LearningRate;
import io.tubelet.optim.SteppedCosine;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One cross-attention query over all tokens of a clip, trained with AdamW. Each setting has a head
 * and an optimiser of its own; they share the batches and the reading of tokens.
 *
 * @param placement where it is trained; tokens stay where they lie and come batch by batch
 */
public record AttentiveProbe(AttentiveProbeConfig config, Placement placement) implements Probe {
  private static final AdamWConfig ADAM_W = new AdamWConfig(0.9, 0.999, 1e-8, 0);

  @Override
  public String kind() {
    return "attentive";
  }

  @Override
  public AttentiveProbe only(int setting) {
    return new AttentiveProbe(config.only(setting), placement);
  }

  @Override
  public void check(ProbeData data) {
    long width = data.train().width();
    if (width % config.heads() != 0) {
      throw new IllegalArgumentException(
          "heads must divide the features' width: heads=%d, width=%d"
              .formatted(config.heads(), width));
    }
  }

  @Override
  public FittedProbe fit(FeatureSet train, int classes) {
    AttentiveHeads heads = new AttentiveHeads((int) train.width(), classes, config, placement);
    List<AdamW> optimizers = optimizers(heads);
    try {
      train(heads, optimizers, train);
    } finally {
      optimizers.forEach(AdamW::close);
    }
    return heads;
  }

  private List<AdamW> optimizers(AttentiveHeads heads) {
    List<AdamW> optimizers = new ArrayList<>();
    List<RateAndDecay> grid = config.grid().points();
    for (int s = 0; s < grid.size(); s++) {
      Map<String, Tensor> parameters = heads.heads().get(s).parameters();
      optimizers.add(
          new AdamW(
              parameters,
              WeightDecayRule.SPARE_VECTORS.groups(parameters, grid.get(s).weightDecay()),
              ADAM_W));
    }
    return optimizers;
  }

  private void train(AttentiveHeads heads, List<AdamW> optimizers, FeatureSet set) {
    RowOrder order = new RowOrder(set.clips(), config.batch(), config.seed());
    long steps = (long) config.epochs() * order.batches();
    LearningRate share =
        new SteppedCosine(1, 0, (long) config.warmupEpochs() * order.batches(), steps);
    try (TensorScope all = new TensorScope()) {
      Tensor labels = set.labelsBeside(set.features());
      for (long step = 0; step < steps; step++) {
        try (TensorScope scope = new TensorScope()) {
          Tensor picked = order.next().to(set.features().device(), ScalarType.Long); // [B]
          Tensor logits = heads.logits(set.features().index_select(0, picked)); // [S, B, C]
          update(
              logits,
              labels.index_select(0, picked).to(placement.device(), ScalarType.Long),
              optimizers,
              share.at(step));
        }
      }
    }
  }

  /** Differentiates all losses together; no parameter occurs in two of them. */
  private void update(Tensor logits, Tensor labels, List<AdamW> optimizers, double share) {
    optimizers.forEach(AdamW::zeroGrad);
    List<Tensor> losses = new ArrayList<>();
    Tensor sum = torch.zeros(new long[0], logits.options());
    for (int s = 0; s < optimizers.size(); s++) {
      Tensor loss = CrossEntropy.ofLabels(logits.select(0, s), labels, config.smoothing());
      losses.add(loss);
      sum = sum.add(loss);
    }
    sum.backward();
    List<RateAndDecay> grid = config.grid().points();
    for (int s = 0; s < optimizers.size(); s++) {
      AdamW optimizer = optimizers.get(s);
      optimizer.step(grid.get(s).learningRate() * share, losses.get(s), optimizer.gradNorm());
    }
  }
}

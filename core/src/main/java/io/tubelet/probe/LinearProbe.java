package io.tubelet.probe;

import io.tubelet.optim.LearningRate;
import io.tubelet.optim.SteppedCosine;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A linear classifier trained on frozen features by stochastic gradient descent (VideoMAE, Table
 * 11). Every view of a clip is a row to learn from; their softmax is averaged when judged.
 *
 * @param placement where it is trained; features may lie elsewhere
 */
public record LinearProbe(LinearProbeConfig config, Placement placement) implements Probe {
  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public LinearProbe only(int setting) {
    return new LinearProbe(config.only(setting), placement);
  }

  @Override
  public void check(ProbeData data) {
    long rows = data.train().clips() * data.train().views();
    if (config.batchNorm() && rows < 2) {
      throw new IllegalArgumentException("batch-norm needs at least 2 rows to learn from, got 1");
    }
  }

  @Override
  public FittedProbe fit(FeatureSet train, int classes) {
    Tensor rows = // [n V, D]
        train
            .features()
            .flatten(0, 1)
            .to(placement.device(), train.features().scalar_type().intern());
    Tensor labels = train.labelsBeside(rows).repeat_interleave(train.views()); // [n V]
    RowOrder order = new RowOrder((int) rows.size(0), config.batch(), config.seed());
    long steps = (long) config.epochs() * order.batches();
    LearningRate share =
        new SteppedCosine(1, 0, (long) config.warmupEpochs() * order.batches(), steps);
    SoftmaxDescent descent =
        new SoftmaxDescent(
            train.width(), classes, scaledGrid(order.batch()), config.momentum(), placement);
    Tensor sample = rows.narrow(0, 0, 1).to(ScalarType.Float);
    Optional<BatchNorm> norm =
        config.batchNorm() ? Optional.of(new BatchNorm(sample)) : Optional.empty();
    for (long step = 0; step < steps; step++) {
      try (TensorScope scope = new TensorScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        Tensor picked = order.next().to(placement.device(), ScalarType.Long); // [B]
        Tensor batch = rows.index_select(0, picked).to(ScalarType.Float); // [B, D]
        Tensor x = norm.map(n -> n.forward(batch)).orElse(batch);
        descent.step(x, labels.index_select(0, picked), share.at(step));
      }
    }
    return descent.heads(
        norm.map(BatchNorm::running).orElseGet(() -> Standardisation.none(sample)));
  }

  /** Both programs scale rates with the batch. */
  private List<RateAndDecay> scaledGrid(int batch) {
    return config.grid().points().stream()
        .map(
            one ->
                new RateAndDecay(LearningRate.scaled(one.learningRate(), batch), one.weightDecay()))
        .toList();
  }
}

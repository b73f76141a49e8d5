package io.tubelet.probe;

import io.tubelet.tensor.Placement;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Multinomial logistic regression on standardised features, in double precision and without chance:
 * the steadier probe where clips are few. Every view of a clip is a row to learn from; their
 * softmax is averaged when judged. The statistics are those of the rows it is fitted to.
 *
 * @param placement where it is fitted; features may lie elsewhere
 */
public record LogisticProbe(LogisticProbeConfig config, Placement placement) implements Probe {
  @Override
  public String kind() {
    return "logistic";
  }

  @Override
  public LogisticProbe only(int setting) {
    return new LogisticProbe(config.only(setting), placement);
  }

  @Override
  public Criterion criterion() {
    return Criterion.LOG_LOSS;
  }

  @Override
  public FittedProbe fit(FeatureSet train, int classes) {
    Tensor rows = // [n V, D]
        train.features().flatten(0, 1).to(placement.device(), ScalarType.Double);
    Tensor labels = train.labelsBeside(rows).repeat_interleave(train.views()); // [n V]
    Standardisation standardisation = Standardisation.of(rows);
    Tensor x = standardisation.apply(rows);
    TensorVector weights = new TensorVector();
    TensorVector biases = new TensorVector();
    for (double lambda : config.lambdas()) {
      LogisticRegression optimum =
          new LogisticRegression(x, labels, classes, lambda).fit(config.iterations());
      weights.push_back(optimum.weight());
      biases.push_back(optimum.bias());
    }
    return new LinearHeads(standardisation, torch.stack(weights, 1), torch.stack(biases));
  }
}

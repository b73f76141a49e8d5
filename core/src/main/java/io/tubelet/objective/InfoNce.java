package io.tubelet.objective;

import io.tubelet.tensor.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Tell which of all keys belongs to a query (InfoNCE, https://arxiv.org/abs/1807.03748), as MoCo v3
 * writes it (https://arxiv.org/abs/2104.02057, Algorithm 1): cosines over a temperature, cross
 * entropy, times twice the temperature, so that its gradients do not grow as the temperature falls.
 *
 * @param temperature above 0; 0.2 there
 */
public record InfoNce(double temperature) {
  private static final double LEAST_LENGTH = 1e-12; // of a vector that is divided by its length

  public InfoNce {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "contrast.temperature must be above 0, got " + temperature);
    }
  }

  /**
   * The mean over the queries: a scalar.
   *
   * @param queries {@code [n, K]} of any length
   * @param keys {@code [n, K]}; the i-th belongs to the i-th query, all others are its negatives
   */
  public Tensor of(Tensor queries, Tensor keys) {
    Shapes.require(keys, "keys", Shapes.of(queries));
    Tensor cosines = unit(queries).matmul(unit(keys).t()); // [n, n]
    TensorOptions numbers = queries.options().dtype(new ScalarTypeOptional(ScalarType.Long));
    Tensor own = torch.arange(new Scalar(queries.size(0)), numbers); // [n]
    return CrossEntropy.ofLabels(cosines.div(new Scalar(temperature)), own, 0)
        .mul(new Scalar(2 * temperature));
  }

  /** Of a model that knows nothing and takes every one of so many keys for equally likely. */
  public double ofGuessing(int keys) {
    return 2 * temperature * Math.log(keys);
  }

  /** Rows of length 1. */
  private static Tensor unit(Tensor rows) {
    Tensor length = rows.square().sum(new long[] {1}, true, new ScalarTypeOptional()).sqrt();
    return rows.div(length.clamp_min(new Scalar(LEAST_LENGTH)));
  }
}

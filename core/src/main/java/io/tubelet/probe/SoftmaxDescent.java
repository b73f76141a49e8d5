package io.tubelet.probe;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Softmax regression by stochastic gradient descent with momentum, all settings at once.
 *
 * <p>One matrix holds every setting's weights side by side, so a batch is multiplied once forward
 * and once backward; a setting's numbers depend on its own columns only. The gradient of the mean
 * cross entropy with respect to the logits is {@code (p - y) / B}, which needs no graph.
 */
final class SoftmaxDescent {
  private final Scalar momentum;
  private final Tensor rates; // [S, 1]
  private final Tensor decays; // [S, 1]
  private final Tensor weight; // [D, S, C]
  private final Tensor bias; // [S, C]
  private final Tensor weightVelocity;
  private final Tensor biasVelocity;

  /** Weights start from zero: the problem is convex, and so no draw decides between settings. */
  SoftmaxDescent(
      long width, int classes, List<RateAndDecay> settings, double momentum, Placement placement) {
    this.momentum = new Scalar(momentum);
    long s = settings.size();
    rates = column(settings, RateAndDecay::learningRate, placement);
    decays = column(settings, RateAndDecay::weightDecay, placement);
    weight = torch.zeros(new long[] {width, s, classes}, placement.options(ScalarType.Float));
    bias = torch.zeros(new long[] {s, classes}, placement.options(ScalarType.Float));
    weightVelocity = torch.zeros_like(weight);
    biasVelocity = torch.zeros_like(bias);
  }

  private static Tensor column(
      List<RateAndDecay> settings, ToDoubleFunction<RateAndDecay> value, Placement placement) {
    float[] values = new float[settings.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(settings.get(i));
    }
    return HostArrays.ofFloats(values, values.length, 1).to(placement.device(), ScalarType.Float);
  }

  /**
   * One update of every setting.
   *
   * @param x {@code [B, D]}
   * @param labels {@code [B]}
   * @param share of the peak rate
   */
  void step(Tensor x, Tensor labels, double share) {
    long b = x.size(0);
    long d = weight.size(0);
    long s = weight.size(1);
    long c = weight.size(2);
    Tensor logits = torch.matmul(x, weight.view(d, s * c)).view(b, s, c).add_(bias);
    Tensor p = logits.softmax(2); // [B, S, C]
    Tensor y = torch.one_hot(labels, c).unsqueeze(1); // [B, 1, C]
    Tensor g = p.sub_(y).div_(new Scalar((double) b));
    Tensor weightGradient =
        torch.matmul(x.t(), g.view(b, s * c)).view(d, s, c).addcmul_(weight, decays);
    Tensor rate = rates.mul(new Scalar(share));
    weight.sub_(weightVelocity.mul_(momentum).add_(weightGradient).mul(rate));
    bias.sub_(biasVelocity.mul_(momentum).add_(g.sum(0)).mul(rate));
  }

  LinearHeads heads(Standardisation standardisation) {
    return new LinearHeads(standardisation, weight, bias);
  }
}

package io.tubelet.probe;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear classifier for each setting, over the same standardised features.
 *
 * @param weight {@code [D, S, C]}
 * @param bias {@code [S, C]}
 */
record LinearHeads(Standardisation standardisation, Tensor weight, Tensor bias)
    implements FittedProbe {
  /** Softmax of every view, averaged over the views. */
  @Override
  public Tensor logProbabilities(Tensor features) {
    long b = features.size(0);
    long views = features.size(1);
    long d = weight.size(0);
    long s = weight.size(1);
    long c = weight.size(2);
    Tensor rows = features.reshape(-1, d).to(weight.device(), weight.scalar_type().intern());
    return logits(standardisation.apply(rows)) // [b V, S, C]
        .log_softmax(2)
        .view(b, views, s, c)
        .logsumexp(1)
        .sub(new Scalar(Math.log((double) views))) // [b, S, C]
        .transpose(0, 1);
  }

  @Override
  public long valuesPerClip(long views, long width) {
    return views * Math.max(width, bias.numel());
  }

  /** {@code standardised rows [R, D] -> [R, S, C]}, all settings in one product. */
  Tensor logits(Tensor rows) {
    Tensor all = torch.matmul(rows, weight.flatten(1, 2)); // [R, S C]
    return all.view(rows.size(0), weight.size(1), weight.size(2)).add(bias);
  }
}

package io.tubelet.probe;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation (https://arxiv.org/abs/1502.03167) without a learnt scale and shift: a batch
 * is normalised by its own statistics, and a running average of them serves evaluation.
 */
final class BatchNorm {
  /** Share of a new batch in the running statistics; PyTorch's default. */
  private static final double MOMENTUM = 0.1;

  /** Added to the variance; masked autoencoders' linear probes use this one. */
  private static final double EPSILON = 1e-6;

  private final Tensor mean; // [D]
  private final Tensor variance; // [D], unbiased

  /** For features like {@code rows [R, D]}; the statistics belong to the innermost scope. */
  BatchNorm(Tensor rows) {
    mean = torch.zeros_like(rows.select(0, 0));
    variance = torch.ones_like(mean);
  }

  /** In training: {@code x [B, D] -> [B, D]}, and takes the batch into the average. */
  Tensor forward(Tensor x) {
    TensorOptional none = new TensorOptional();
    return torch.batch_norm(
        x,
        none,
        none,
        new TensorOptional(mean),
        new TensorOptional(variance),
        true,
        MOMENTUM,
        EPSILON,
        false);
  }

  /** In evaluation. */
  Standardisation running() {
    return new Standardisation(mean, variance.add(new Scalar(EPSILON)).sqrt());
  }
}

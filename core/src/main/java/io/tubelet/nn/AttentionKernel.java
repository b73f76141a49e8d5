package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How {@code softmax(q k^T / sqrt(K)) v} is computed. The same mathematics everywhere; the choice
 * belongs to the device and the number format, by measurement.
 */
enum AttentionKernel {
  /** The fused kernel in the format that arrives. */
  FUSED {
    @Override
    Tensor mix(Tensor query, Tensor key, Tensor value) {
      return torch.scaled_dot_product_attention(query, key, value);
    }
  },
  /** The fused kernel in float32 whatever arrives. */
  FUSED_FP32 {
    @Override
    Tensor mix(Tensor query, Tensor key, Tensor value) {
      return FUSED.mix(
          query.to(ScalarType.Float), key.to(ScalarType.Float), value.to(ScalarType.Float));
    }
  };

  /** {@code query [B, H, M, K], key and value [B, H, N, K] -> [B, H, M, K]}. */
  abstract Tensor mix(Tensor query, Tensor key, Tensor value);

  /**
   * The fastest known. On the CPU the fused bf16 kernel of the bundled libtorch reaches 3-8 GFLOP/s
   * a core against 94-140 in float32, so bf16 layers attend in float32 there.
   */
  static AttentionKernel fastest(Compute compute) {
    return compute.precision() == Precision.FP32
            || compute.placement().kind() == Placement.Kind.CUDA
        ? FUSED
        : FUSED_FP32;
  }
}

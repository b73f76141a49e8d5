package io.tubelet.nn;

import io.tubelet.tensor.Compute;
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
    Tensor mix(Tensor qkv) {
      return torch.scaled_dot_product_attention(
          qkv.select(0, 0), qkv.select(0, 1), qkv.select(0, 2));
    }
  },
  /** The fused kernel in float32 whatever arrives. */
  FUSED_FP32 {
    @Override
    Tensor mix(Tensor qkv) {
      return FUSED.mix(qkv.to(ScalarType.Float));
    }
  };

  /** {@code [3, B, H, N, K] -> [B, H, N, K]}. */
  abstract Tensor mix(Tensor qkv);

  /**
   * The fastest known. On the CPU the fused bf16 kernel of the bundled libtorch reaches 3-8 GFLOP/s
   * a core against 94-140 in float32, so bf16 layers attend in float32 there.
   */
  static AttentionKernel fastest(Compute compute) {
    return compute.precision() == Precision.FP32 || compute.placement().cuda() ? FUSED : FUSED_FP32;
  }
}

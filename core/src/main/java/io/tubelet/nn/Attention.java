package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head self-attention (https://arxiv.org/abs/1706.03762, section 3.2) with one fused
 * projection to query, key and value.
 */
public final class Attention extends Layer {
  private final Compute compute;
  private final AttentionKernel kernel;
  private final long heads;
  private final Tensor qkvWeight; // [3D, D]: rows of query, then key, then value
  private final @Nullable Tensor qkvBias; // [3D]
  private final @Nullable Tensor queryBias; // [D]
  private final @Nullable Tensor valueBias; // [D]
  private final Linear proj;

  /** {@code heads} must divide {@code width}. */
  public Attention(int width, int heads, QkvBias bias, Compute compute) {
    this.compute = compute;
    this.heads = heads;
    kernel = AttentionKernel.fastest(compute);
    qkvWeight = parameter("qkv.weight", compute.zeros(3L * width, width));
    qkvBias = bias == QkvBias.ALL ? parameter("qkv.bias", compute.zeros(3L * width)) : null;
    boolean two = bias == QkvBias.QUERY_VALUE;
    queryBias = two ? parameter("q_bias", compute.zeros(width)) : null;
    valueBias = two ? parameter("v_bias", compute.zeros(width)) : null;
    proj = child("proj", new Linear(width, width, true, compute));
  }

  /** {@code x [B, N, D] -> [B, N, D]}. */
  public Tensor forward(Tensor x) {
    long b = x.size(0);
    long n = x.size(1);
    long d = x.size(2);
    Tensor qkv =
        Linear.product(x, qkvWeight, bias(), compute) // [B, N, 3D]
            .reshape(b, n, 3, heads, d / heads)
            .permute(2, 0, 3, 1, 4); // [3, B, H, N, K]
    Tensor mixed = kernel.mix(qkv); // [B, H, N, K]
    return proj.forward(mixed.transpose(1, 2).reshape(b, n, d));
  }

  private @Nullable Tensor bias() {
    if (queryBias == null || valueBias == null) {
      return qkvBias;
    }
    return torch.cat(new TensorVector(queryBias, torch.zeros_like(queryBias), valueBias));
  }
}

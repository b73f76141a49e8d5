package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Shapes;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention (https://arxiv.org/abs/1706.03762, section 3.2) with one fused projection to
 * query, key and value.
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
    TensorVector qkv = Linear.product(x, qkvWeight, bias(), compute).chunk(3, 2); // 3 x [B, N, D]
    return mixed(qkv.get(0), qkv.get(1), qkv.get(2));
  }

  /**
   * Some tokens ask, others answer: {@code asking [B, M, D], answering [B, N, D] -> [B, M, D]}.
   * With a part of the tokens asking all of them, this is that part of what all asking would give.
   */
  public Tensor forward(Tensor asking, Tensor answering) {
    long d = asking.size(2);
    TensorVector weights = parts(qkvWeight, d); // [D, D], [2D, D]
    Tensor bias = bias();
    TensorVector biases = bias == null ? null : parts(bias, d); // [D], [2D]
    Tensor query = Linear.product(asking, weights.get(0), part(biases, 0), compute); // [B, M, D]
    TensorVector keyValue =
        Linear.product(answering, weights.get(1), part(biases, 1), compute).chunk(2, 2);
    return mixed(query, keyValue.get(0), keyValue.get(1));
  }

  /** Rows of the query, and rows of key and value. */
  private static TensorVector parts(Tensor rows, long width) {
    return rows.split_with_sizes(width, 2 * width);
  }

  private static @Nullable Tensor part(@Nullable TensorVector parts, int number) {
    return parts == null ? null : parts.get(number);
  }

  private Tensor mixed(Tensor query, Tensor key, Tensor value) {
    Tensor mixed = kernel.mix(byHead(query), byHead(key), byHead(value)); // [B, H, M, K]
    return proj.forward(mixed.transpose(1, 2).reshape(Shapes.of(query)));
  }

  /** {@code [B, N, D] -> [B, H, N, K]}. */
  private Tensor byHead(Tensor x) {
    return x.unflatten(2, heads, x.size(2) / heads).transpose(1, 2);
  }

  private @Nullable Tensor bias() {
    if (queryBias == null || valueBias == null) {
      return qkvBias;
    }
    return torch.cat(new TensorVector(queryBias, torch.zeros_like(queryBias), valueBias));
  }
}

package io.tubelet.probe;

import io.tubelet.model.ClassifierInitialisation;
import io.tubelet.nn.Layer;
import io.tubelet.nn.LayerNorm;
import io.tubelet.nn.Linear;
import io.tubelet.nn.Mlp;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One learnt query that attends to all tokens of a clip, an MLP, and a linear classifier, in the
 * manner of V-JEPA (https://arxiv.org/abs/2404.08471):
 *
 * <pre>{@code
 * z = query + proj(attention(q(query), k(norm1(x)), v(norm1(x))))
 * logits = head(z + mlp(norm2(z)))
 * }</pre>
 *
 * <p>Implementation note: the query is the same for every clip, so keys and values need not be made
 * for every token. The score of a token, {@code q . (K (g * t + b))} with {@code t} the normalised
 * token, {@code g} and {@code b} norm1's scale and shift, is {@code t . (g * (K' q))} but for a
 * number that all tokens share and softmax ignores (a bias of the keys is such a number too, so
 * there is none). The value of a weighted mean is the weighted mean of values. That leaves H
 * products of length D a token in place of 2 D, and normalised tokens that all settings share.
 */
final class AttentiveHead extends Layer {
  /** Of both layer norms, as in the papers' models. */
  static final double NORM_EPS = 1e-6;

  private final long heads;
  private final Tensor query; // [1, D]
  private final Tensor norm1Weight; // [D]
  private final Tensor norm1Bias; // [D]
  private final Linear q;
  private final Tensor keyWeight; // [D, D]
  private final Tensor valueWeight; // [D, D]
  private final Tensor valueBias; // [D]
  private final Linear proj;
  private final LayerNorm norm2;
  private final Mlp mlp;
  private final Linear head;

  private AttentiveHead(int width, int heads, double mlpRatio, int classes, Compute compute) {
    this.heads = heads;
    query = parameter("query", compute.zeros(1, width));
    norm1Weight = parameter("norm1.weight", compute.ones(width));
    norm1Bias = parameter("norm1.bias", compute.zeros(width));
    q = child("q", new Linear(width, width, true, compute));
    keyWeight = parameter("k.weight", compute.zeros(width, width));
    valueWeight = parameter("v.weight", compute.zeros(width, width));
    valueBias = parameter("v.bias", compute.zeros(width));
    proj = child("proj", new Linear(width, width, true, compute));
    norm2 = child("norm2", new LayerNorm(width, NORM_EPS, compute));
    mlp = child("mlp", new Mlp(width, (int) (width * mlpRatio), compute));
    head = child("head", new Linear(width, classes, true, compute));
  }

  /** All matrices and the query normal with 0.02, biases 0. */
  static AttentiveHead fresh(int width, AttentiveProbeConfig config, int classes, Compute compute) {
    AttentiveHead fresh =
        new AttentiveHead(width, config.heads(), config.mlpRatio(), classes, compute);
    ClassifierInitialisation.VIDEO_MAE.fill(fresh, 1, config.seed());
    return fresh;
  }

  /** What a normalised token is multiplied with for its score in each head, {@code [H, D]}. */
  Tensor keys() {
    long d = query.size(1);
    long k = d / heads;
    Tensor wanted = q.forward(query).view(heads, 1, k); // [H, 1, K]
    return torch
        .matmul(wanted, keyWeight.view(heads, k, d)) // [H, 1, D]
        .squeeze(1)
        .mul(norm1Weight)
        .mul(new Scalar(1 / Math.sqrt((double) k)));
  }

  /** {@code attended [B, H, D] -> logits [B, C]}: weighted means of normalised tokens. */
  Tensor forward(Tensor attended) {
    long b = attended.size(0);
    long d = attended.size(2);
    Tensor x = attended.mul(norm1Weight).add(norm1Bias).transpose(0, 1); // [H, B, D]
    Tensor values = torch.matmul(x, valueWeight.view(heads, d / heads, d).transpose(1, 2));
    Tensor mixed = values.transpose(0, 1).reshape(b, d).add(valueBias); // [B, D]
    Tensor z = query.add(proj.forward(mixed));
    z = z.add(mlp.forward(norm2.forward(z)));
    return head.forward(z);
  }
}

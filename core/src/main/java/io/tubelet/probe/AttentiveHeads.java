package io.tubelet.probe;

import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** An attentive head for each setting, reading the same tokens together. */
final class AttentiveHeads implements FittedProbe {
  private final Placement placement;
  private final List<AttentiveHead> heads;
  private final int queries;

  /** As many heads as there are settings, all with the same first weights. */
  AttentiveHeads(int width, int classes, AttentiveProbeConfig config, Placement placement) {
    this.placement = placement;
    queries = config.heads();
    Compute compute = new Compute(Precision.FP32, placement);
    heads =
        Stream.generate(() -> AttentiveHead.fresh(width, config, classes, compute))
            .limit(config.settings().size())
            .toList();
  }

  /** One for each setting. */
  List<AttentiveHead> heads() {
    return heads;
  }

  /** {@code tokens [B, N, D] -> [S, B, C]}. */
  Tensor logits(Tensor tokens) {
    Tensor x = normalised(tokens.to(placement.device(), ScalarType.Float)); // [B, N, D]
    TensorVector keys = new TensorVector();
    heads.forEach(head -> keys.push_back(head.keys()));
    Tensor scores = torch.matmul(x, torch.cat(keys).t()); // [B, N, S H]
    Tensor attended = torch.matmul(scores.softmax(1).transpose(1, 2), x); // [B, S H, D]
    TensorVector logits = new TensorVector();
    for (int s = 0; s < heads.size(); s++) {
      logits.push_back(heads.get(s).forward(attended.narrow(1, (long) s * queries, queries)));
    }
    return torch.stack(logits);
  }

  private static Tensor normalised(Tensor tokens) {
    return torch.layer_norm(
        tokens,
        new long[] {tokens.size(2)},
        new TensorOptional(),
        new TensorOptional(),
        AttentiveHead.NORM_EPS,
        true);
  }

  @Override
  public Tensor logProbabilities(Tensor features) {
    return logits(features).log_softmax(2);
  }

  @Override
  public long valuesPerClip(long tokens, long width) {
    return tokens * Math.max(width, (long) heads.size() * queries);
  }

  @Override
  public void close() {
    heads.forEach(AttentiveHead::close);
  }
}

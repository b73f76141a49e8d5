package io.tubelet.model;

import io.tubelet.mask.Mask;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The masks of a batch as tensors; every clip keeps equally many tokens.
 *
 * @param visible token numbers, {@code [B, V]} int64
 * @param hidden token numbers to predict, {@code [B, M]} int64
 */
public record TokenMasks(Tensor visible, Tensor hidden) {
  /** The masks of these clips, on a device. */
  public static TokenMasks of(List<Mask> masks, Placement placement) {
    return new TokenMasks(
        rows(masks.stream().map(Mask::visible).toArray(int[][]::new), placement),
        rows(masks.stream().map(Mask::hidden).toArray(int[][]::new), placement));
  }

  private static Tensor rows(int[][] tokens, Placement placement) {
    return HostArrays.ofRows(tokens).to(placement.device(), ScalarType.Long);
  }

  /**
   * Some tokens of each clip: {@code tokens [B, N, P], ids [B, K] -> [B, K, P]}.
   *
   * <p>Rows are picked whole; a gather would look up every single value.
   */
  public static Tensor pick(Tensor tokens, Tensor ids) {
    long b = tokens.size(0);
    long n = tokens.size(1);
    Tensor firstRows = torch.arange(new Scalar(b), ids.options()).mul_(new Scalar(n)).unsqueeze(1);
    Tensor rows = ids.add(firstRows).reshape(-1); // [B*K]
    return tokens
        .reshape(b * n, tokens.size(2))
        .index_select(0, rows)
        .reshape(b, ids.size(1), tokens.size(2));
  }

  /**
   * The places of the row {@code [visible, hidden]} in the order of the clip: {@code [B, V + M]}
   * int64. mae_st calls it {@code ids_restore}.
   */
  Tensor order() {
    return torch.cat(new TensorVector(visible, hidden), 1).argsort(1, false);
  }

  /** Where hidden tokens stand among all of these once they have that order: {@code [B, M]}. */
  Tensor hiddenInOrder() {
    return order().argsort(1, false).narrow(1, visible.size(1), hidden.size(1));
  }
}

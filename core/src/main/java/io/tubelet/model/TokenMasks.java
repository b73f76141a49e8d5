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
 * @param hidden the remaining token numbers, {@code [B, M]} int64
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
   * Where each token of the clip stands in the row {@code [visible, hidden]}: {@code [B, N]} int64.
   * mae_st calls it {@code ids_restore}.
   */
  public Tensor places() {
    return torch.cat(new TensorVector(visible, hidden), 1).argsort(1, false);
  }
}

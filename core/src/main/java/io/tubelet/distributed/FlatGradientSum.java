package io.tubelet.distributed;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/**
 * For ranks whose threads add their gradients into long vectors side by side, which the Reducer
 * cannot follow: c10d adds up the vectors when all threads are done.
 */
final class FlatGradientSum implements GradientSum {
  private static final long PORTION = 25L << 18; // values: 25 MiB

  private final ProcessGroupRanks ranks;
  private final List<Tensor> flat;

  FlatGradientSum(ProcessGroupRanks ranks, List<Tensor> flat) {
    this.ranks = ranks;
    this.flat = List.copyOf(flat);
  }

  @Override
  public void begin() {}

  @Override
  public void finish() {
    ranks.exchange(
        "the sum of gradients",
        () -> {
          List<Work> works = new ArrayList<>();
          for (Tensor vector : flat) {
            vector.div_(new Scalar((double) ranks.size()));
            for (long from = 0; from < vector.numel(); from += PORTION) {
              Tensor part = vector.narrow(0, from, Math.min(PORTION, vector.numel() - from));
              works.add(ranks.group().allreduce(new TensorVector(part)));
            }
          }
          works.forEach(Work::_wait);
        });
  }

  @Override
  public void close() {}
}

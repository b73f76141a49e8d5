package io.tubelet.distributed;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/**
 * For ranks whose threads add their gradients into long vectors side by side, or whose gradients
 * travel as bf16, which the Reducer cannot do: c10d adds up the vectors when all threads are done.
 */
final class FlatGradientSum implements GradientSum {
  private static final long PORTION = 25L << 18; // values: 25 MiB

  private final ProcessGroupRanks ranks;
  private final List<Tensor> flat;
  private final GradientCompression compression;

  FlatGradientSum(ProcessGroupRanks ranks, List<Tensor> flat, GradientCompression compression) {
    this.ranks = ranks;
    this.flat = List.copyOf(flat);
    this.compression = compression;
  }

  @Override
  public void begin() {}

  @Override
  public void finish() {
    ranks.exchange(
        "the sum of gradients",
        () -> {
          List<Portion> sent = new ArrayList<>();
          for (Tensor vector : flat) {
            vector.div_(new Scalar((double) ranks.size()));
            for (long from = 0; from < vector.numel(); from += PORTION) {
              sent.add(send(vector.narrow(0, from, Math.min(PORTION, vector.numel() - from))));
            }
          }
          sent.forEach(Portion::await);
        });
  }

  private Portion send(Tensor gradient) {
    Tensor travelling = compression.compressed(gradient);
    return new Portion(gradient, travelling, ranks.group().allreduce(new TensorVector(travelling)));
  }

  /** A piece on its way. */
  private record Portion(Tensor gradient, Tensor travelling, Work work) {
    void await() {
      work._wait();
      gradient.copy_(travelling); // nothing to do where it is the same
    }
  }

  @Override
  public void close() {}
}

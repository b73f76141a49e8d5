package io.tubelet.distributed;

import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.BoolVector;
import org.bytedeco.pytorch.LoggerOptional;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Reducer;
import org.bytedeco.pytorch.SizeTStringMap;
import org.bytedeco.pytorch.SizeTVector;
import org.bytedeco.pytorch.SizeTVectorVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Gradients through libtorch's Reducer, the engine of DistributedDataParallel
 * (https://arxiv.org/abs/2006.15704): they are gathered in buckets, and a bucket travels while the
 * backward pass goes on with the next.
 *
 * <p>A pass without {@link #begin} adds to a rank's own gradients and sends nothing.
 */
final class ReducedGradients implements GradientSum {
  private static final long FIRST_BUCKET = 1L << 20; // bytes; small, so that sending begins early
  private static final long BUCKET = 25L << 20;

  private final ProcessGroupRanks ranks;
  private final Reducer reducer;

  ReducedGradients(ProcessGroupRanks ranks, List<Tensor> parameters) {
    this.ranks = ranks;
    try (TensorScope scope = new TensorScope()) {
      TensorVector all = new TensorVector(parameters.toArray(Tensor[]::new));
      ranks.exchange(
          "comparing the models",
          () -> torch.verify_params_across_processes(ranks.group(), all, new LoggerOptional()));
      SizeTStringMap names = new SizeTStringMap();
      BoolVector sparse = new BoolVector();
      for (int i = 0; i < parameters.size(); i++) {
        names.put(i, new BytePointer("parameter " + i));
        sparse.push_back(false);
      }
      boolean findUnused = false;
      boolean gradientsAreViewsOfBuckets = false; // they are views of the optimizer's vectors
      reducer =
          new Reducer(
              all,
              buckets(all),
              ranks.group(),
              sparse,
              BUCKET,
              findUnused,
              gradientsAreViewsOfBuckets,
              names,
              FIRST_BUCKET,
              false,
              false);
      reducer.retainReference();
    }
  }

  /** The parameters used last come first: their gradients are complete first. */
  private static SizeTVectorVector buckets(TensorVector parameters) {
    SizeTVector limits = new SizeTVector();
    limits.push_back(FIRST_BUCKET);
    limits.push_back(BUCKET);
    SizeTVectorVector forwards =
        torch
            .compute_bucket_assignment_by_size(
                parameters, limits, new BoolVector(), new LongVector(), new LoggerOptional())
            .get0();
    SizeTVectorVector backwards = new SizeTVectorVector();
    for (long i = forwards.size() - 1; i >= 0; i--) {
      backwards.push_back(forwards.get(i));
    }
    return backwards;
  }

  @Override
  public void begin() {
    ranks.exchange(
        "preparing a backward pass",
        () -> {
          reducer.prepare_for_forward();
          reducer.rebuild_buckets();
          reducer.prepare_for_backward(new TensorVector());
        });
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    reducer.releaseReference();
  }
}

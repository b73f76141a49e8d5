package io.tubelet.distributed;

import io.tubelet.tensor.TensorScope;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
import org.bytedeco.pytorch.global.torch.BuiltinCommHookType;

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

  private static final Pattern NETWORK = Pattern.compile("gloo|nccl", Pattern.CASE_INSENSITIVE);

  private final ProcessGroupRanks ranks;
  private final Reducer reducer;
  private final long[] bytes; // of each parameter
  private long begun; // System.nanoTime()

  ReducedGradients(
      ProcessGroupRanks ranks, List<Tensor> parameters, GradientCompression compression) {
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
              ranks.groupForReducer(),
              sparse,
              BUCKET,
              findUnused,
              gradientsAreViewsOfBuckets,
              names,
              FIRST_BUCKET,
              false,
              false);
      reducer.retainReference();
      bytes = parameters.stream().mapToLong(p -> p.numel() * p.element_size()).toArray();
      if (compression == GradientCompression.FP16) {
        reducer.register_builtin_comm_hook(BuiltinCommHookType.FP16_COMPRESS);
      }
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
    begun = System.nanoTime();
  }

  @Override
  public void finish() {
    long end = System.nanoTime() - begun;
    try (TensorScope scope = new TensorScope()) {
      LongVector ready = reducer.get_backward_stats(); // nanoseconds, by parameter
      long computed = IntStream.range(0, bytes.length).mapToLong(ready::get).max().orElse(end);
      long sent = firstSent(ready);
      ranks.travelled(Math.max(0, end - computed), Math.max(0, computed - sent));
    }
  }

  /** When the first bucket was full. */
  private long firstSent(LongVector ready) {
    long full = 0;
    int[] inOrder =
        IntStream.range(0, bytes.length)
            .boxed()
            .sorted(Comparator.comparingLong(ready::get))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int parameter : inOrder) {
      full += bytes[parameter];
      if (full >= FIRST_BUCKET) {
        return ready.get(parameter);
      }
    }
    return ready.get(inOrder[inOrder.length - 1]);
  }

  /** A bucket that cannot be sent fails the backward pass; libtorch has no type for that. */
  @Override
  public RuntimeException explained(RuntimeException failure) {
    return NETWORK.matcher(String.valueOf(failure.getMessage())).find()
        ? ranks.lost("a backward pass", failure)
        : failure;
  }

  @Override
  public void close() {
    reducer.releaseReference();
  }
}

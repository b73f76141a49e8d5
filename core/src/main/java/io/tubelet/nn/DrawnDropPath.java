package io.tubelet.nn;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Keeps a clip's branch where {@code floor(1 - rate + u)} is 1, and makes up for the rest by {@code
 * 1 / (1 - rate)}.
 */
record DrawnDropPath(LongFunction<Tensor> uniform) implements DropPath {
  @Override
  public Tensor apply(Tensor branch, double rate) {
    if (rate == 0) {
      return branch;
    }
    double kept = 1 - rate;
    Tensor keep =
        uniform.apply(branch.size(0)).add(new Scalar(kept)).floor_().reshape(-1, 1, 1); // 0 or 1
    return branch.mul(keep.div_(new Scalar(kept)));
  }

  @Override
  public DropPath drawn(long clips, int branches, double rate) {
    if (rate == 0) {
      return this;
    }
    List<Tensor> draws =
        IntStream.range(0, branches).mapToObj(branch -> uniform.apply(clips)).toList();
    AtomicInteger call = new AtomicInteger();
    return new DrawnDropPath(size -> draws.get(call.getAndIncrement() % branches));
  }
}

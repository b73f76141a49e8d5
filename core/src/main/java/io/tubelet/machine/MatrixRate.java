package io.tubelet.machine;

import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** How many floating-point operations a second a large matrix product reaches on this machine. */
public final class MatrixRate {
  private static final int SIDE = 1024;
  private static final int WARM_UP = 5;
  private static final long NANOS = 150_000_000;

  private MatrixRate() {}

  /**
   * Operations a second (a multiply-add counts as two) of threads side by side, as replicas of a
   * model work: the best of several products of each, added up.
   */
  public static double measure(Precision precision, int threads) {
    Callable<Double> rate = () -> ofOneThread(precision);
    try (ComputeThreads workers = new ComputeThreads(threads, 1)) {
      return workers.<Double>all(Collections.nCopies(threads, rate)).stream()
          .mapToDouble(Double::doubleValue)
          .sum();
    }
  }

  private static double ofOneThread(Precision precision) {
    try (var scope = new TensorScope()) {
      TensorOptions type = new TensorOptions(precision.type());
      Tensor a = torch.ones(new long[] {SIDE, SIDE}, type);
      Tensor b = torch.ones(new long[] {SIDE, SIDE}, type);
      Tensor out = torch.empty_like(a);
      // The first products start threads, pack kernels and wake the vector units.
      for (int i = 0; i < WARM_UP; i++) {
        torch.mm_out(out, a, b);
      }
      long best = Long.MAX_VALUE;
      for (long start = System.nanoTime(); System.nanoTime() - start < NANOS; ) {
        long before = System.nanoTime();
        torch.mm_out(out, a, b);
        best = Math.min(best, System.nanoTime() - before);
      }
      return 2.0 * SIDE * SIDE * SIDE / best * 1e9;
    }
  }
}

package io.tubelet.probe;

import io.tubelet.tensor.HostArrays;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** The order in which rows are visited: a fresh permutation an epoch, cut into equal batches. */
final class RowOrder {
  private final SplittableRandom random;
  private final long[] order;
  private final int batch;
  private final int batches;
  private int next;

  /**
   * @param batch more than there are rows means all of them
   */
  RowOrder(int rows, int batch, long seed) {
    random = new SplittableRandom(seed);
    order = new long[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    this.batch = Math.min(batch, rows);
    batches = rows / this.batch;
  }

  /** Rows of a batch. */
  int batch() {
    return batch;
  }

  /** Batches of an epoch; rows that do not fill another are left for the next. */
  int batches() {
    return batches;
  }

  /** The numbers of the next batch's rows, {@code [B]} int64 on the CPU. */
  Tensor next() {
    if (next % batches == 0) {
      shuffle();
    }
    int from = next++ % batches * batch;
    return HostArrays.ofLongs(Arrays.copyOfRange(order, from, from + batch), batch);
  }

  private void shuffle() {
    for (int last = order.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      long row = order[last];
      order[last] = order[other];
      order[other] = row;
    }
  }
}

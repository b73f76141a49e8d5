package io.tubelet.train;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adds up losses on the device. Reading the mean is the only moment that waits for it, so a step
 * costs no round trip.
 */
final class LossMeter implements AutoCloseable {
  private final Tensor sum;
  private int count;

  LossMeter() {
    sum = torch.zeros(new long[0]).retainReference();
  }

  void add(Tensor loss) {
    sum.add_(loss.detach());
    count++;
  }

  int count() {
    return count;
  }

  /** The mean since the last reading; starts anew. */
  double read() {
    double mean = sum.item_double() / count;
    sum.zero_();
    count = 0;
    return mean;
  }

  @Override
  public void close() {
    sum.releaseReference();
  }
}

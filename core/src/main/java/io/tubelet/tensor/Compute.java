package io.tubelet.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where a layer computes and in which number format its large products run.
 *
 * <p>Master weights are float32 on the device, whatever the precision.
 */
public record Compute(Precision precision, Placement placement) {
  /** Float32 on the CPU: the setting of every parity test. */
  public static final Compute CPU_FP32 = new Compute(Precision.FP32, Placement.CPU);

  /** A float32 tensor of zeros here. */
  public Tensor zeros(long... shape) {
    return torch.zeros(shape, placement.options(ScalarType.Float));
  }

  /** A float32 tensor of ones here. */
  public Tensor ones(long... shape) {
    return torch.ones(shape, placement.options(ScalarType.Float));
  }

  /** {@code x} in the format of the large products; itself when it has that format already. */
  public Tensor cast(Tensor x) {
    return x.to(precision.type());
  }
}

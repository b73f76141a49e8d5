package io.tubelet.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where a layer computes and in which number format its large products run.
 *
 * @param precision of the large products; master weights are float32 whatever is chosen
 * @param placement the device of all parameters
 * @param activations what blocks keep for the backward pass
 */
public record Compute(Precision precision, Placement placement, Activations activations) {
  /** Float32 on the CPU: the setting of every parity test. */
  public static final Compute CPU_FP32 = new Compute(Precision.FP32, Placement.CPU);

  /** Keeps all activations. */
  public Compute(Precision precision, Placement placement) {
    this(precision, placement, Activations.KEEP);
  }

  /** The same, but for what blocks keep. */
  public Compute with(Activations others) {
    return new Compute(precision, placement, others);
  }

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

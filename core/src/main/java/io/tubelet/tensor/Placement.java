package io.tubelet.tensor;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The device that tensors live on. Parameters are made where they will stay, so a model is given
 * its placement when it is built.
 *
 * @param cuda an NVIDIA GPU rather than the CPU
 * @param index which GPU; 0 on the CPU
 */
public record Placement(boolean cuda, int index) {
  public static final Placement CPU = new Placement(false, 0);

  public Placement {
    if (index < 0 || (!cuda && index != 0)) {
      throw new IllegalArgumentException(
          "device must be 'cpu', 'cuda' or 'cuda:N' with N >= 0, got cuda=%s index=%d"
              .formatted(cuda, index));
    }
  }

  /** A GPU by number. */
  public static Placement gpu(int index) {
    return new Placement(true, index);
  }

  /** Options for a new tensor here; a fresh native object, freed with the caller's scope. */
  public TensorOptions options(ScalarType type) {
    return new TensorOptions(type).device(new DeviceOptional(device()));
  }

  /** The native name of this device. */
  public Device device() {
    return cuda
        ? new Device(torch.DeviceType.CUDA, (byte) index)
        : new Device(torch.DeviceType.CPU);
  }

  @Override
  public String toString() {
    return cuda ? "cuda:" + index : "cpu";
  }
}

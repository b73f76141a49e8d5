package io.tubelet.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The device that tensors live on. Parameters are made where they will stay, so a model is given
 * its placement when it is built.
 *
 * @param kind what sort of device
 * @param index which GPU; 0 on other devices
 */
public record Placement(Kind kind, int index) {
  /** Sorts of devices. */
  public enum Kind {
    CPU,
    /** An NVIDIA GPU. */
    CUDA,
    /** No memory at all: tensors have shapes but no values, to size up models of any size. */
    META
  }

  public static final Placement CPU = new Placement(Kind.CPU, 0);
  public static final Placement META = new Placement(Kind.META, 0);

  public Placement {
    if (index < 0 || (kind != Kind.CUDA && index != 0)) {
      throw new IllegalArgumentException(
          "device number must be 0 or more, and 0 without CUDA: %s %d".formatted(kind, index));
    }
  }

  /** A GPU by number. */
  public static Placement gpu(int index) {
    return new Placement(Kind.CUDA, index);
  }

  /** From {@code cpu}, {@code cuda} or {@code cuda:N}. */
  public static Placement parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    if (text.matches("cuda(:\\d{1,2})?")) {
      return gpu(text.length() == 4 ? 0 : Integer.parseInt(text.substring(5)));
    }
    throw new IllegalArgumentException(
        "device must be 'cpu', 'cuda' or 'cuda:N', got '" + text + "'");
  }

  /** The native name of this device; a fresh native object, freed with the caller's scope. */
  public Device device() {
    return switch (kind) {
      case CPU -> new Device(torch.DeviceType.CPU);
      case CUDA -> new Device(torch.DeviceType.CUDA, (byte) index);
      case META -> new Device(torch.DeviceType.Meta);
    };
  }

  /** Options for a new tensor here; a fresh native object, freed with the caller's scope. */
  public TensorOptions options(ScalarType type) {
    return new TensorOptions(type).device(new DeviceOptional(device()));
  }

  @Override
  public String toString() {
    return kind == Kind.CUDA ? "cuda:" + index : kind.name().toLowerCase(Locale.ROOT);
  }
}

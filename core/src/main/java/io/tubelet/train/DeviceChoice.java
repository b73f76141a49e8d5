package io.tubelet.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tubelet.tensor.Placement;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;

/**
 * The device a recipe asks for: {@code auto} (a GPU where there is one), {@code cpu}, {@code cuda}
 * or {@code cuda:N}.
 */
public record DeviceChoice(String name) {
  private static final Pattern FORM = Pattern.compile("auto|cpu|cuda(:\\d+)?");

  @JsonCreator
  public DeviceChoice {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "train.device must be auto, cpu, cuda or cuda:N, got '%s'".formatted(name));
    }
  }

  /**
   * The device on this machine.
   *
   * @throws IllegalArgumentException when a GPU is asked for and there is none
   */
  public Placement resolve() {
    boolean usable = torch.cuda_is_available();
    if (name.equals("auto")) {
      return usable ? Placement.gpu(0) : Placement.CPU;
    }
    if (!usable && !name.equals("cpu")) {
      throw new IllegalArgumentException(
          "train.device=%s, but no CUDA device can be used here; 'tubelet doctor' tells more"
              .formatted(name));
    }
    return Placement.parse(name);
  }

  /** What a plan assumes, which may be drawn on a machine without the GPU that is asked for. */
  public Placement assumed() {
    return name.equals("auto") || name.equals("cpu") ? resolve() : Placement.parse(name);
  }

  @JsonValue
  @Override
  public String toString() {
    return name;
  }
}

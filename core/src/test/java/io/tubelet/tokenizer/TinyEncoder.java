package io.tubelet.tokenizer;

import static java.util.Objects.requireNonNull;

import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * An encoder whose first channel is red, and whose residual paths add {@code x / layers^2} once: it
 * scores word 0 with the brightest red of 8 x 8 pixels, and word 1 always with a half.
 */
final class TinyEncoder {
  static final DvaeConfig CONFIG = new DvaeConfig(4, 2, 1, 4);

  /** Of four residual blocks, each adding 1/16 where its path is open. */
  static final double GAIN = 1 / 16.0;

  private TinyEncoder() {}

  static DvaeEncoder make() {
    DvaeEncoder encoder = new DvaeEncoder(CONFIG, Compute.CPU_FP32);
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Map<String, Tensor> weights = encoder.parameters();
      open(weights, "blocks.input", 3);
      for (int group = 2; group <= DvaeConfig.GROUPS; group++) {
        open(weights, "blocks.group_%d.block_1.id_path".formatted(group), 0);
      }
      for (int i = 1; i <= 3; i++) {
        open(weights, "blocks.group_1.block_1.res_path.conv_" + i, 1);
      }
      open(weights, "blocks.group_1.block_1.res_path.conv_4", 0);
      open(weights, "blocks.output.conv", 0);
      requireNonNull(weights.get("blocks.output.conv.b")).select(0, 1).fill_(new Scalar(0.5));
    }
    return encoder;
  }

  /** Lets the first channel through, at the kernel's centre. */
  private static void open(Map<String, Tensor> weights, String name, int centre) {
    requireNonNull(weights.get(name + ".w"))
        .select(0, 0)
        .select(0, 0)
        .select(0, centre)
        .select(0, centre)
        .fill_(new Scalar(1.0));
  }
}

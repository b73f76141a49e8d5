package io.tubelet.tokenizer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class DvaeEncoderTest {
  private static final Compute NO_NUMBERS = new Compute(Precision.FP32, Placement.META);

  @Test
  void parameters_publicSize_haveItsNamesShapesAndNumber() {
    try (DvaeEncoder encoder = new DvaeEncoder(DvaeConfig.DALL_E, NO_NUMBERS)) {
      Map<String, Tensor> weights = encoder.parameters();
      assertShape(weights, "blocks.input.w", 256, 3, 7, 7);
      assertShape(weights, "blocks.input.b", 256);
      assertShape(weights, "blocks.group_1.block_1.res_path.conv_1.w", 64, 256, 3, 3);
      assertShape(weights, "blocks.group_1.block_2.res_path.conv_4.w", 256, 64, 1, 1);
      assertShape(weights, "blocks.group_2.block_1.id_path.w", 512, 256, 1, 1);
      assertShape(weights, "blocks.group_2.block_1.res_path.conv_1.w", 128, 256, 3, 3);
      assertShape(weights, "blocks.group_4.block_2.res_path.conv_3.w", 512, 512, 3, 3);
      assertShape(weights, "blocks.output.conv.w", 8192, 2048, 1, 1);
      // Without pooling and ReLU: 2 of the input, 8 of each of 8 blocks, 2 of each of the three
      // that
      // change the width, 2 of the output.
      assertThat(weights).hasSize(2 + 8 * 8 + 3 * 2 + 2);
      assertThat(weights).doesNotContainKey("blocks.group_1.block_1.id_path.w");
      // Summed by hand, layer by layer; four bytes each are the 215 MB of the public file.
      assertThat(encoder.parameterCount()).isEqualTo(53_786_240);
    }
  }

  private static void assertShape(Map<String, Tensor> weights, String name, long... shape) {
    assertThat(weights).containsKey(name);
    assertThat(Shapes.of(requireNonNull(weights.get(name)))).as(name).isEqualTo(shape);
  }

  /** Red through the identity and, once, the residual path; the largest of 8 x 8 pixels. */
  @Test
  void forward_handMadeWeights_isTheHandComputedScore() {
    float[] pixels = new float[3 * 16 * 16];
    pixels[3 * 16 + 9] = 0.7f; // red, row 3, column 9: the upper right word
    pixels[7 * 16 + 15] = 0.2f; // less red in the same
    pixels[9 * 16 + 2] = 0.3f; // the lower left word
    pixels[16 * 16 + 9 * 16 + 2] = 0.9f; // green does not count
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard();
        DvaeEncoder encoder = TinyEncoder.make()) {
      Tensor scores = encoder.forward(HostArrays.ofFloats(pixels, 1, 3, 16, 16));
      assertThat(Shapes.of(scores)).containsExactly(1, 2, 2, 2);
      float[] values = HostArrays.toFloats(scores);
      double grown = 1 + TinyEncoder.GAIN;
      double[] expected = {0, 0.7 * grown, 0.3 * grown, 0, 0.5, 0.5, 0.5, 0.5};
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) values[i]).as("score %d", i).isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @Test
  void config_sizesThatCannotBe_areRefusedByName() {
    assertThatThrownBy(() -> new DvaeConfig(6, 256, 2, 128))
        .hasMessageContaining("width")
        .hasMessageContaining("6");
    assertThatThrownBy(() -> new DvaeConfig(8, 1, 2, 128)).hasMessageContaining("vocabulary");
    assertThatThrownBy(() -> new DvaeConfig(8, 256, 0, 128)).hasMessageContaining("blocks");
  }
}

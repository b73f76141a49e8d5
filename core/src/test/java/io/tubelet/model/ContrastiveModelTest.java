package io.tubelet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockConfig;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContrastiveModelTest {
  private static final ClipShape CLIP = new ClipShape(4, 16, 16, 2, 8);
  private static final int BATCH = 6;

  private final TensorScope scope = new TensorScope();
  private final Tensor pixels = noise(); // [B, N, P]

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor noise() {
    torch.manual_seed(8);
    return torch.randn(BATCH, CLIP.tokens(), CLIP.valuesPerToken());
  }

  private static ContrastiveModelConfig config(boolean frozenPatches) {
    return new ContrastiveModelConfig(
        CLIP,
        new EncoderConfig(32, 1, 2),
        BlockConfig.VIDEO_MAE,
        PositionKind.SIN_COS,
        false,
        Initialisation.MAE_ST,
        frozenPatches,
        new HeadsConfig(24, 8));
  }

  private static Tensor parameter(ContrastiveModel model, String name) {
    return Objects.requireNonNull(model.parameters().get(name), name);
  }

  @Test
  void parameters_ofBothModels_haveThePapersLayers() {
    try (ContrastiveModel trained = ContrastiveModel.fresh(config(true), Compute.CPU_FP32, 1);
        ContrastiveModel following = ContrastiveModel.following(config(true), Compute.CPU_FP32)) {
      assertThat(trained.parameters().keySet())
          .filteredOn(name -> !name.startsWith("encoder."))
          .containsExactly(
              "projector.fc1.weight",
              "projector.norm1.weight",
              "projector.norm1.bias",
              "projector.fc2.weight",
              "projector.norm2.weight",
              "projector.norm2.bias",
              "projector.fc3.weight", // the last norm learns nothing
              "predictor.fc1.weight",
              "predictor.norm1.weight",
              "predictor.norm1.bias",
              "predictor.fc2.weight");
      assertThat(following.parameters().keySet())
          .isSubsetOf(trained.parameters().keySet())
          .noneMatch(name -> name.startsWith("predictor."));
      assertThatThrownBy(() -> following.queries(torch.randn(BATCH, 32)))
          .hasMessageContaining("only the trained model");
    }
  }

  /** Each channel has mean 0 and variance 1 over the batch, whatever came in. */
  @Test
  void keys_anyBatch_areNormalisedOverTheBatch() {
    try (ContrastiveModel model = ContrastiveModel.fresh(config(true), Compute.CPU_FP32, 1)) {
      Tensor keys = model.keys(model.features(pixels)); // [B, K]
      float[][] rows = HostArrays.toRows(keys);
      for (int k = 0; k < 8; k++) {
        double sum = 0;
        double squares = 0;
        for (float[] row : rows) {
          sum += row[k];
          squares += row[k] * row[k];
        }
        assertThat(sum / BATCH).isCloseTo(0, within(1e-4));
        assertThat(squares / BATCH).isCloseTo(1, within(0.05));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void frozenPatches_decideWhetherAGradientReachesThem(boolean frozen) {
    try (ContrastiveModel model = ContrastiveModel.fresh(config(frozen), Compute.CPU_FP32, 1)) {
      Tensor weights = torch.randn(BATCH, 8);
      model.queries(model.features(pixels)).mul(weights).sum().backward();

      assertThat(parameter(model, "encoder.patch_embed.proj.weight").grad().defined())
          .isEqualTo(!frozen);
      assertThat(parameter(model, "encoder.patch_embed.proj.bias").grad().defined())
          .isEqualTo(!frozen);
      assertThat(parameter(model, "encoder.blocks.0.attn.qkv.weight").grad().defined()).isTrue();
      assertThat(ContrastiveModel.isFrozen(config(frozen), "encoder.patch_embed.proj.bias"))
          .isEqualTo(frozen);
      assertThat(ContrastiveModel.isFrozen(config(frozen), "encoder.norm.bias")).isFalse();
    }
  }

  /** The same latents as those of an encoder that is given the numbers of all tokens. */
  @Test
  void features_areTheMeanOfTheLatentsOfAllTokens() {
    try (ContrastiveModel model = ContrastiveModel.fresh(config(true), Compute.CPU_FP32, 1);
        VideoEncoder alone = new VideoEncoder(config(true).withoutHeads(), Compute.CPU_FP32)) {
      Map<String, Tensor> encoder = model.parameters();
      encoder.keySet().removeIf(name -> !name.startsWith("encoder."));
      alone.load(encoder);
      long[] numbers = new long[CLIP.tokens()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      Tensor ids = HostArrays.ofLongs(numbers, 1, numbers.length).expand(BATCH, numbers.length);
      Tensor expected = alone.encoder().forward(pixels, ids).mean(1);

      assertThat(model.features(pixels).sub(expected).abs().max().item_double()).isLessThan(1e-6);
    }
  }

  @Test
  void fresh_sameSeed_givesTheSameWeights() {
    try (ContrastiveModel one = ContrastiveModel.fresh(config(true), Compute.CPU_FP32, 3);
        ContrastiveModel two = ContrastiveModel.fresh(config(true), Compute.CPU_FP32, 3)) {
      one.parameters()
          .forEach(
              (name, value) -> assertThat(value.equal(parameter(two, name))).as(name).isTrue());
      assertThat(parameter(one, "predictor.fc1.weight").abs().max().item_double())
          .isCloseTo(1 / Math.sqrt(8), within(0.05));
    }
  }

  @Test
  void heads_withoutChannels_areRefused() {
    assertThatThrownBy(() -> new HeadsConfig(0, 8)).hasMessageContaining("heads.hidden");
  }
}

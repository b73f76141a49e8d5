package io.tubelet.convert;

import static io.tubelet.fixture.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.nn.Layer;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrictLoadingTest {
  private static final LoadRequest NEW_HEAD =
      new LoadRequest(List.of("head.*"), List.of(), Inflation.AVERAGE);

  @TempDir private Path folder = Path.of("");

  @Test
  void pretrainedIntoClassifier_asksForTheNewHead() throws IOException {
    ModelConfig wanted = SmallModels.VIDEO_MAE_CLASSIFIER.config();
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = open(SmallModels.VIDEO_MAE_PRETRAINING);
        Layer model = wanted.build(Compute.CPU_FP32)) {
      assertThatThrownBy(() -> StrictLoading.into(model, wanted, weights, LoadRequest.EXACT))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll("unused: norm.weight", "missing: fc_norm.weight");

      LoadReport report = StrictLoading.into(model, wanted, weights, LoadRequest.FINE_TUNING);

      assertThat(report.missing()).hasSize(4).allMatch(line -> line.contains("new, as asked"));
      assertThat(report.unused()).anyMatch(line -> line.startsWith("decoder.mask_token"));
      assertThat(report.loaded()).hasSize(model.parameters().size() - 4);
      assertThat(
              of(model, "blocks.1.attn.qkv.weight")
                  .equal(of(weights, "encoder.blocks.1.attn.qkv.weight")))
          .isTrue();
    }
  }

  @Test
  void otherKindOfModel_copiesNothing() throws IOException {
    ModelConfig wanted = SmallModels.MAE_ST_PRETRAINING.config();
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = open(SmallModels.MAE_ST_CLASSIFIER);
        Layer model = wanted.build(Compute.CPU_FP32)) {
      assertThatThrownBy(() -> StrictLoading.into(model, wanted, weights, LoadRequest.EXACT))
          .hasMessageContainingAll("unused: cls_token.token", "missing: encoder.cls_token.token");
      assertThat(of(model, "encoder.norm.weight").eq(one()).all().item_bool())
          .as("nothing is copied")
          .isTrue();
    }
  }

  @Test
  void otherClip_interpolatesSpaceAndTime() throws IOException {
    ModelConfig wanted = SmallModels.MAE_ST_PRETRAINING.config(new ClipShape(8, 48, 48, 2, 16));
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = open(SmallModels.MAE_ST_PRETRAINING);
        Layer model = wanted.build(Compute.CPU_FP32)) {
      LoadReport report = StrictLoading.into(model, wanted, weights, LoadRequest.EXACT);

      assertThat(report.adapted())
          .hasSize(4)
          .anyMatch(
              l -> l.contains("encoder.pos_embed.spatial: bicubic from 2 x 2 places to 3 x 3"))
          .anyMatch(l -> l.contains("decoder.pos_embed.temporal: linear from 8 time slots to 4"));
      Tensor slots = of(weights, "encoder.pos_embed.temporal");
      Tensor halved = slots.reshape(1, 4, 2, 24).mean(2);
      assertClose(of(model, "encoder.pos_embed.temporal"), halved, 1e-6, "means of pairs");
    }
  }

  @ParameterizedTest
  @EnumSource
  void image_inflated_sumsToThePictureSoThatAStillClipGivesItsTokens(Inflation inflation)
      throws IOException {
    ModelConfig wanted = SmallModels.MAE_ST_CLASSIFIER.config();
    try (TensorScope scope = new TensorScope();
        ForeignWeights image = image();
        Layer model = wanted.build(Compute.CPU_FP32)) {
      LoadReport report =
          StrictLoading.into(model, wanted, image, LoadRequest.EXACT.with(inflation));

      assertThat(report.adapted())
          .anyMatch(line -> line.contains("inflated to 2 frames, " + inflation));
      Tensor inflated = of(model, "patch_embed.proj.weight"); // [D, 3, 2, p, p]
      assertClose(
          PatchProjection.deflated(inflated),
          of(image, "patch_embed.proj.weight"),
          1e-6,
          "deflated again");
    }
  }

  @Test
  void video_deflated_sumsOverFrames() throws IOException {
    ModelConfig wanted = SmallModels.MAE_ST_CLASSIFIER.config(new ClipShape(1, 32, 32, 1, 16));
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = open(SmallModels.MAE_ST_CLASSIFIER);
        Layer model = wanted.build(Compute.CPU_FP32)) {
      LoadReport report = StrictLoading.into(model, wanted, weights, LoadRequest.EXACT);

      assertThat(report.adapted()).anyMatch(line -> line.contains("deflated: summed over 2"));
      Tensor patches = of(weights, "patch_embed.proj.weight");
      assertClose(
          of(model, "patch_embed.proj.weight").select(2, 0),
          patches.select(2, 0).add(patches.select(2, 1)),
          1e-6,
          "sum of both frames");
    }
  }

  @Test
  void fusedBias_intoQueryAndValue_dropsTheKeysAlone() throws IOException {
    ModelConfig wanted = SmallModels.VIDEO_MAE_CLASSIFIER.config(new ClipShape(16, 32, 32, 2, 16));
    LoadRequest request =
        new LoadRequest(
            List.of("head.*", "fc_norm.*"),
            List.of("norm.*", "cls_token.token"),
            Inflation.CENTRE_FRAME);
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = open(SmallModels.MAE_ST_CLASSIFIER);
        Layer model = wanted.build(Compute.CPU_FP32)) {
      LoadReport report = StrictLoading.into(model, wanted, weights, request);

      assertThat(report.adapted())
          .anyMatch(line -> line.startsWith("pos_embed.spatial: replaced by computed sines"));
      Tensor fused = of(weights, "blocks.0.attn.qkv.bias");
      assertThat(of(model, "blocks.0.attn.q_bias").equal(fused.narrow(0, 0, 24))).isTrue();
      assertThat(of(model, "blocks.0.attn.v_bias").equal(fused.narrow(0, 48, 24))).isTrue();
    }
  }

  @Test
  void freshHead_keepsItsFirstValues() throws IOException {
    ModelConfig wanted = SmallModels.MAE_ST_CLASSIFIER.config();
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = open(SmallModels.MAE_ST_CLASSIFIER);
        Layer model = wanted.build(Compute.CPU_FP32)) {
      LoadReport report = StrictLoading.into(model, wanted, weights, NEW_HEAD);

      assertThat(report.missing()).hasSize(2);
      assertThat(of(model, "head.weight").abs().max().item_double()).isZero();
    }
  }

  @Test
  void fit_halfPrecision_keepsWhatIsNotAdaptedAndComputesInFloat32() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> half = new LinkedHashMap<>();
      ImageModel.state(3).forEach((name, t) -> half.put(name, t.to(ScalarType.Half)));
      Path file = folder.resolve("half.pth");
      TorchWriter.write(file, Map.of("model", half));
      WantedModel wanted =
          new WantedModel(
              OptionalInt.of(8), OptionalInt.of(48), OptionalInt.of(2), OptionalInt.of(9));
      try (ForeignWeights image = ForeignWeights.open(file, Stated.NOTHING.withHeads(2, 4))) {
        StrictLoading.Fitted fitted = wanted.fit(image, List.of(), Inflation.AVERAGE, 4);

        NamedTensors tensors = new NamedTensors(fitted.weights().tensors());
        Tensor kept = tensors.get("blocks.1.mlp.fc2.weight");
        assertThat(kept.scalar_type().intern()).isEqualTo(ScalarType.Half);
        assertThat(kept.equal(of(image, "blocks.1.mlp.fc2.weight"))).isTrue();
        for (String made : List.of("patch_embed.proj.weight", "pos_embed.spatial", "head.weight")) {
          assertThat(tensors.get(made).scalar_type().intern()).isEqualTo(ScalarType.Float);
        }
        assertThat(tensors.get("head.weight").size(0)).isEqualTo(9);
        assertThat(tensors.get("pos_embed.spatial").size(1)).isEqualTo(9);
        assertThat(fitted.weights().changes())
            .hasSize(6)
            .anyMatch(line -> line.startsWith("missing head.bias [9] (new, as asked)"));
      }
    }
  }

  @Test
  void fit_sameSeed_drawsTheSameHead() throws IOException {
    WantedModel wanted =
        new WantedModel(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(9));
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = open(SmallModels.MAE_ST_PRETRAINING)) {
      Tensor one = head(wanted, weights, 1);
      assertThat(head(wanted, weights, 1).equal(one)).isTrue();
      assertThat(head(wanted, weights, 2).equal(one)).isFalse();
    }
  }

  private static Tensor head(WantedModel wanted, ForeignWeights weights, long seed)
      throws IOException {
    ForeignWeights fitted = wanted.fit(weights, List.of(), Inflation.AVERAGE, seed).weights();
    return of(fitted, "head.weight");
  }

  private static Tensor of(Layer model, String name) {
    return new NamedTensors(model.parameters()).get(name);
  }

  private static Tensor of(ForeignWeights weights, String name) {
    return new NamedTensors(weights.tensors()).get(name);
  }

  private static Tensor one() {
    return torch.ones(1);
  }

  private ForeignWeights open(SmallModels kind) throws IOException {
    return ForeignWeights.open(kind.save(folder.resolve("in.pth")), SmallModels.STATED);
  }

  private ForeignWeights image() throws IOException {
    Path file = folder.resolve("image.pth");
    TorchWriter.write(file, Map.of("model", ImageModel.state(3)));
    return ForeignWeights.open(file, Stated.NOTHING.withHeads(2, 4));
  }
}

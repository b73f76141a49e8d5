package io.tubelet.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.Pooling;
import io.tubelet.model.PositionKind;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.published.PublishedNames;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignWeightsTest {
  private static final Stated FRAMES_ALONE =
      new Stated(
          OptionalInt.of(2),
          OptionalInt.empty(),
          OptionalInt.of(16),
          OptionalInt.empty(),
          List.of(),
          List.of());

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void official_everyKind_isRecognisedByItsTensors(SmallModels kind) throws IOException {
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights =
            ForeignWeights.open(kind.save(folder.resolve("in.pth")), SmallModels.STATED)) {
      assertThat(weights.source()).isEqualTo(ForeignWeights.Source.OFFICIAL);
      assertThat(weights.config()).isEqualTo(kind.config());
      assertThat(weights.config().names()).isEqualTo(PublishedNames.valueOf(kind.name()));
      weights.model().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "backbone.", "encoder.", "module.encoder."})
  void classifier_wrappedNames_areUnwrapped(String prefix) throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> wrapped = new LinkedHashMap<>();
      SmallModels.VIDEO_MAE_CLASSIFIER
          .official()
          .forEach((name, tensor) -> wrapped.put(prefix + name, tensor));
      try (ForeignWeights weights =
          ForeignWeights.open(saved(Map.of("module", wrapped)), SmallModels.STATED)) {
        assertThat(weights.config()).isEqualTo(SmallModels.VIDEO_MAE_CLASSIFIER.config());
        assertThat(String.join(" ", weights.notes())).contains("read as");
      }
    }
  }

  @Test
  void whatTensorsDoNotTell_isAskedForByOption() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Path file = SmallModels.VIDEO_MAE_CLASSIFIER.save(folder.resolve("in.pth"));

      assertThatThrownBy(() -> ForeignWeights.open(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll("in.pth", "frames", "--frames");
      assertThatThrownBy(() -> ForeignWeights.open(file, FRAMES_ALONE))
          .hasMessageContaining("--picture");
      assertThatThrownBy(() -> ForeignWeights.open(file, Stated.NOTHING.withClip(16, 32)))
          .hasMessageContainingAll("width 24", "--heads");
    }
  }

  @Test
  void savedArguments_tellClipAndTarget() throws IOException {
    Map<String, Object> args =
        Map.of("num_frames", 16, "input_size", 32, "mask_ratio", 0.75, "normlize_target", false);
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights =
            ForeignWeights.open(
                saved(Map.of("model", SmallModels.VIDEO_MAE_PRETRAINING.official(), "args", args)),
                Stated.NOTHING.withHeads(2, 4))) {
      ModelConfig.Pretrained read = (ModelConfig.Pretrained) weights.config();
      assertThat(read.clip()).isEqualTo(SmallModels.CLIP);
      assertThat(read.config().mask().ratio()).isEqualTo(0.75);
      assertThat(read.config().target()).isEqualTo(Family.VIDEO_MAE.target(false));
    }
  }

  @Test
  void tensorTooMuchOrTooFew_isListedByName() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> state = new LinkedHashMap<>(SmallModels.MAE_ST_CLASSIFIER.official());
      state.remove("blocks.1.mlp.fc2.bias");
      state.put("extra.weight", torch.zeros(3));
      Path file = saved(Map.of("model", state));

      assertThatThrownBy(() -> ForeignWeights.open(file, SmallModels.STATED))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll("1 unused: extra.weight", "--ignore");
      assertThatThrownBy(() -> ForeignWeights.open(file, SmallModels.STATED.ignoring("extra.*")))
          .hasMessageContainingAll("1 missing: blocks.1.mlp.fc2.bias [24]");
    }
  }

  @Test
  void ignoredByName_isLeftOutAndReported() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> state = new LinkedHashMap<>(SmallModels.MAE_ST_CLASSIFIER.official());
      state.put("extra.weight", torch.zeros(3));
      try (ForeignWeights weights =
          ForeignWeights.open(
              saved(Map.of("model", state)), SmallModels.STATED.ignoring("extra.*"))) {
        assertThat(weights.ignored()).hasSize(1);
        assertThat(weights.ignored().get(0)).startsWith("extra.weight");
      }
    }
  }

  @Test
  void imageModel_isReadAsTubeletsOfOneFrame() throws IOException {
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights =
            ForeignWeights.open(
                saved(Map.of("model", ImageModel.state(3))), Stated.NOTHING.withHeads(2, 4))) {
      assertThat(weights.config().clip()).isEqualTo(ImageModel.CLIP);
      assertThat(weights.config().positions()).isEqualTo(PositionKind.JOINT);
      weights.model().close();
    }
  }

  @Test
  void imageClassifier_poolsAsItsNormSays() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> ofClassToken = ImageModel.state(3);
      Map<String, Tensor> ofMean = new LinkedHashMap<>();
      ofClassToken.forEach(
          (name, t) -> ofMean.put(name.startsWith("norm.") ? "fc_" + name : name, t));

      assertThat(imageClassifier(ofClassToken).model().pooling()).isEqualTo(Pooling.FIRST_TOKEN);
      assertThat(imageClassifier(ofMean).model().pooling()).isEqualTo(Pooling.AFTER_FIRST_TOKEN);
      assertThat(imageClassifier(ofMean).pixels()).isEqualTo(PixelNorm.IMAGENET);
    }
  }

  private FineTunedConfig imageClassifier(Map<String, Tensor> state) throws IOException {
    try (ForeignWeights weights =
        ForeignWeights.open(saved(Map.of("model", state)), Stated.NOTHING.withHeads(2, 4))) {
      weights.model().close();
      return ((ModelConfig.Classifier) weights.config()).config();
    }
  }

  @Test
  void encoderAlone_isNoWholeModelBeforeItHasAHead() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> state = ImageModel.state(3);
      state.keySet().removeIf(name -> name.startsWith("head."));
      try (ForeignWeights weights =
          ForeignWeights.open(saved(Map.of("model", state)), Stated.NOTHING.withHeads(2, 4))) {
        assertThat(weights.missing()).hasSize(2).allMatch(line -> line.startsWith("head."));
        assertThatThrownBy(
                () -> Converter.write(weights, Format.TUBELET, folder.resolve("out.safetensors")))
            .isInstanceOf(CheckpointException.class)
            .hasMessageContainingAll("head.weight [1, 24]", "--new-head");
      }
    }
  }

  @Test
  void greyInput_isMadeRgb() throws IOException {
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights =
            ForeignWeights.open(
                saved(Map.of("model", ImageModel.state(1))), Stated.NOTHING.withHeads(2, 4))) {
      assertThat(weights.notes()).anyMatch(note -> note.contains("1 input channels made 3"));
      assertThat(new NamedTensors(weights.tensors()).get("patch_embed.proj.weight").size(1))
          .isEqualTo(3);
    }
  }

  @Test
  void stateDictOfSomethingElse_isRefused() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Path file = saved(Map.of("model", Map.of("conv1.weight", torch.zeros(3))));
      assertThatThrownBy(() -> ForeignWeights.open(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll("in.pth", "neither", "conv1.weight");
    }
  }

  private Path saved(Map<String, ?> root) throws IOException {
    Path file = folder.resolve("in.pth");
    TorchWriter.write(file, root);
    return file;
  }
}

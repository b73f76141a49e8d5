package io.tubelet.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.pickle.TorchFile;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ConverterTest {

  @ParameterizedTest
  @EnumSource
  void officialToOursAndBack_everyKind_isTheSameBits(SmallModels kind, @TempDir Path folder)
      throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Path first = kind.save(folder.resolve("first.pth"));
      Path ours = folder.resolve("ours.safetensors");
      Path second = folder.resolve("second.pth");

      ModelConfig read = convert(first, SmallModels.STATED, Format.TUBELET, ours);
      ModelConfig again = convert(ours, Stated.NOTHING, official(kind), second);
      ModelConfig last =
          convert(second, Stated.NOTHING, Format.TUBELET, folder.resolve("3.safetensors"));

      assertThat(read).isEqualTo(kind.config());
      assertThat(again).isEqualTo(kind.config());
      assertThat(last).isEqualTo(kind.config());
      assertSameState(second, first);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "VIDEO_MAE_.*", mode = Mode.MATCH_ALL)
  void officialToHuggingFaceAndBack_bothKinds_isTheSameBits(SmallModels kind, @TempDir Path folder)
      throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Path first = kind.save(folder.resolve("first.pth"));
      Path theirs = folder.resolve("folder");
      Path second = folder.resolve("second.pth");

      convert(first, SmallModels.STATED, Format.HUGGINGFACE, theirs);
      ModelConfig read = convert(theirs, Stated.NOTHING, Format.VIDEOMAE, second);

      assertThat(theirs)
          .isDirectoryContaining("glob:**/model.safetensors")
          .isDirectoryContaining("glob:**/config.json")
          .isDirectoryContaining("glob:**/preprocessor_config.json");
      // Transformers' pre-training model has an encoder norm only without mean pooling.
      boolean meanPooling = kind == SmallModels.VIDEO_MAE_CLASSIFIER;
      assertThat(theirs.resolve("config.json"))
          .content()
          .contains("\"use_mean_pooling\" : " + meanPooling);
      assertThat(read.clip()).isEqualTo(SmallModels.CLIP);
      assertThat(read.names()).isEqualTo(kind.config().names());
      assertSameState(second, first);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MAE_ST_.*", mode = Mode.MATCH_ALL)
  void maeSt_toOthersLayouts_isRefusedWithTheReason(SmallModels kind, @TempDir Path folder)
      throws IOException {
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights =
            ForeignWeights.open(kind.save(folder.resolve("in.pth")), SmallModels.STATED)) {
      for (Format other : new Format[] {Format.HUGGINGFACE, Format.VIDEOMAE}) {
        assertThatThrownBy(() -> Converter.write(weights, other, folder.resolve("out")))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContainingAll("cannot be written as " + other, "VideoMAE", "mae_st");
      }
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @Test
  void existingFile_isNotReplaced(@TempDir Path folder) throws IOException {
    Path there = Files.writeString(folder.resolve("there.safetensors"), "mine");
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights =
            ForeignWeights.open(
                SmallModels.VIDEO_MAE_CLASSIFIER.save(folder.resolve("in.pth")),
                SmallModels.STATED)) {
      assertThatThrownBy(() -> Converter.write(weights, Format.TUBELET, there))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(there).hasContent("mine");
    }
  }

  @Test
  void huggingFaceWithoutItsConfig_asksForIt(@TempDir Path folder) throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Path first = SmallModels.VIDEO_MAE_PRETRAINING.save(folder.resolve("first.pth"));
      convert(first, SmallModels.STATED, Format.HUGGINGFACE, folder.resolve("hf"));
      Path alone = folder.resolve("alone.safetensors");
      Files.copy(folder.resolve("hf/model.safetensors"), alone);

      assertThatThrownBy(() -> ForeignWeights.open(alone))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll("alone.safetensors", "config.json");
    }
  }

  private static Format official(SmallModels kind) {
    return kind.name().startsWith("MAE_ST") ? Format.MAE_ST : Format.VIDEOMAE;
  }

  /** Reads, writes, and tells which model was read. */
  private static ModelConfig convert(Path from, Stated stated, Format format, Path to)
      throws IOException {
    try (ForeignWeights weights = ForeignWeights.open(from, stated)) {
      Converter.write(weights, format, to);
      return weights.config();
    }
  }

  private static void assertSameState(Path actual, Path expected) throws IOException {
    try (TorchFile a = TorchFile.open(actual);
        TorchFile e = TorchFile.open(expected)) {
      NamedTensors theirs = new NamedTensors(e.stateDict());
      assertThat(a.stateDict().keySet()).containsExactlyInAnyOrderElementsOf(theirs.all().keySet());
      a.stateDict().forEach((name, t) -> assertThat(t.equal(theirs.get(name))).as(name).isTrue());
    }
  }
}

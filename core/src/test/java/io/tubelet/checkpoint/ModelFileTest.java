package io.tubelet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private final Path folder;
  private final TensorScope scope = new TensorScope();

  ModelFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void open_weightsMovedAway_stillKnowTheirModelAndHistory() throws IOException {
    Path alone = folder.resolve("mine.safetensors");
    Files.copy(saved().folder().resolve("model.safetensors"), alone);
    try (ModelFile model = ModelFile.open(alone)) {
      assertThat(model.configuration().path("width").asInt()).isEqualTo(4);
      assertThat(model.provenance()).hasValue(TinyRun.provenance(6, 0.5));
      Map<String, Tensor> parameters = TinyRun.parameters(0);
      model.copyInto(parameters);
      parameters.values().forEach(t -> assertThat(t.min().item_double()).isEqualTo(6));
    }
  }

  @Test
  void open_runOrCheckpointFolder_findsTheNewestWeights() throws IOException {
    Checkpoint checkpoint = saved();
    Path weights = checkpoint.folder().resolve("model.safetensors");
    for (Path path : List.of(folder.resolve("run"), checkpoint.folder(), weights)) {
      try (ModelFile model = ModelFile.open(path)) {
        assertThat(model.tensors().file()).isEqualTo(weights);
      }
    }
    assertThatThrownBy(() -> ModelFile.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("neither a checkpoint nor a model.safetensors");
  }

  @Test
  void open_otherProgramsWeights_haveTensorsButNoConfiguration() throws IOException {
    Path foreign = folder.resolve("foreign.safetensors");
    Safetensors.write(foreign, Map.of("w", torch.ones(2)), Map.of("format", "pt"));
    try (ModelFile model = ModelFile.open(foreign)) {
      assertThat(model.provenance()).isEmpty();
      assertThatThrownBy(model::configuration)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("does not say which model");
    }
  }

  @Test
  void open_newerFormat_isRefused() throws IOException {
    Path newer = folder.resolve("newer.safetensors");
    Safetensors.write(newer, Map.of(), Map.of("tubelet.format", "2"));
    assertThatThrownBy(() -> ModelFile.open(newer))
        .isInstanceOf(CheckpointVersionException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void inspection_checkpointOrBareFile_listsWhatIsThere() throws IOException {
    Checkpoint checkpoint = saved();

    Inspection whole = Inspection.of(folder.resolve("run"));
    assertThat(whole.files()).hasSize(2);
    assertThat(whole.files().get(0).tensors())
        .containsExactly(
            new TensorInfo("w", ElementType.F32, List.of(4L, 3L)),
            new TensorInfo("b", ElementType.F32, List.of(4L)));
    assertThat(whole.files().get(0).elements()).isEqualTo(16);
    assertThat(whole.files().get(0).metadata()).containsKey("tubelet.model");
    assertThat(whole.files().get(1).tensors())
        .extracting(TensorInfo::name)
        .containsExactly("first.w", "second.w");
    assertThat(whole.provenance()).hasValue(checkpoint.provenance());
    assertThat(whole.progress()).hasValue(checkpoint.progress());

    Inspection bare = Inspection.of(checkpoint.folder().resolve("model.safetensors"));
    assertThat(bare.files()).hasSize(1);
    assertThat(bare.provenance()).hasValue(checkpoint.provenance());
    assertThat(bare.progress()).isEmpty();
  }

  private Checkpoint saved() throws IOException {
    CheckpointStore store = new CheckpointStore(folder.resolve("run"), 1, false);
    return store.save(TinyRun.state(6), TinyRun.provenance(6, 0.5));
  }
}

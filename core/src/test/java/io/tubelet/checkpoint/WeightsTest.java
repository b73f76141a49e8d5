package io.tubelet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  private final Path file;
  private final TensorScope scope = new TensorScope();

  WeightsTest(@TempDir Path folder) {
    this.file = folder.resolve("w.safetensors");
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void copy_intoParameters_isInPlaceAndUnseenByAutograd() throws IOException {
    Tensor parameter = torch.zeros(2, 3).set_requires_grad(true);
    Safetensors.write(file, Map.of("w", torch.ones(2, 3)), Map.of());

    try (Safetensors saved = Safetensors.open(file)) {
      Weights.copy(saved, Map.of("w", parameter));
    }

    assertThat(parameter.equal(torch.ones(2, 3))).isTrue();
    assertThat(parameter.requires_grad()).isTrue();
    assertThat(parameter.is_leaf()).isTrue();
    assertThat(torch.ones(1).set_requires_grad(true).mul(new Scalar(2)).requires_grad())
        .as("gradients are recorded again")
        .isTrue();
  }

  @Test
  void copy_halfIntoFloat_convertsTheNumbers() throws IOException {
    Tensor parameter = torch.zeros(2);
    Safetensors.write(
        file,
        Map.of("w", torch.full(new long[] {2}, new Scalar(0.5)).to(ScalarType.Half)),
        Map.of());
    try (Safetensors saved = Safetensors.open(file)) {
      Weights.copy(saved, Map.of("w", parameter));
    }
    assertThat(parameter.sum().item_float()).isEqualTo(1f);
  }

  @Test
  void copy_doesNotFit_listsEverythingAndChangesNothing() throws IOException {
    Map<String, Tensor> model =
        Map.of(
            "same", torch.zeros(2),
            "head.weight", torch.zeros(10, 4),
            "count", torch.zeros(1).to(ScalarType.Long),
            "new.bias", torch.zeros(7));
    Safetensors.write(
        file,
        Map.of(
            "same", torch.ones(2),
            "head.weight", torch.ones(400, 4),
            "count", torch.ones(1),
            "old.norm", torch.ones(5)),
        Map.of());

    try (Safetensors saved = Safetensors.open(file)) {
      assertThatThrownBy(() -> Weights.copy(saved, model))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("w.safetensors")
          .hasMessageContaining("1 missing in the file: new.bias [7]")
          .hasMessageContaining("1 in the file only: 'old.norm' [5]")
          .hasMessageContaining("2 different: ")
          .hasMessageContaining("head.weight is [400, 4] in the file, [10, 4] here")
          .hasMessageContaining("count is F32 in the file, Long here");
    }
    model.values().forEach(t -> assertThat(t.sum().item_double()).isZero());
  }

  @Test
  void checkpointCopy_momentsDoNotFit_leavesTheParametersAlone() throws IOException {
    CheckpointStore store = new CheckpointStore(file.resolveSibling("run"), 1, false);
    Checkpoint saved = store.save(TinyRun.state(9), TinyRun.provenance(9, 1));
    Map<String, Tensor> parameters = TinyRun.parameters(0);
    assertThatThrownBy(() -> saved.copyInto(parameters, Map.of("first.w", torch.zeros(1))))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("optimizer.safetensors")
        .hasMessageContaining("'second.w' [4, 3]");
    parameters.values().forEach(t -> assertThat(t.sum().item_double()).isZero());
  }
}

package io.tubelet.convert;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.Safetensors;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import io.tubelet.tokenizer.DiscreteVae;
import io.tubelet.tokenizer.DvaeConfig;
import io.tubelet.tokenizer.DvaeEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerWeightsTest {
  private static final DvaeConfig CONFIG = new DvaeConfig(8, 11, 2, 16);

  @TempDir private Path folder = Path.of("");
  private TensorScope scope;
  private DiscreteVae model;

  @BeforeEach
  void open() {
    scope = new TensorScope();
    model = DiscreteVae.fresh(CONFIG, Compute.CPU_FP32, 3);
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
  }

  @Test
  void encoder_publicStateDict_isReadWithItsSizes() throws IOException {
    Path file = folder.resolve("encoder.pth");
    TorchWriter.write(file, model.encoder().parameters());
    assertIsTheEncoder(file);
  }

  @Test
  void encoder_safetensors_isReadToo() throws IOException {
    Path file = folder.resolve("encoder.safetensors");
    Safetensors.write(file, model.encoder().parameters(), Map.of());
    assertIsTheEncoder(file);
  }

  @Test
  void encoder_wholeModel_isItsEncoder() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, model.parameters(), Map.of());
    assertIsTheEncoder(file);
  }

  private void assertIsTheEncoder(Path file) throws IOException {
    try (DvaeEncoder read = TokenizerWeights.encoder(file, Compute.CPU_FP32)) {
      assertThat(read.config().width()).isEqualTo(8);
      assertThat(read.config().vocabulary()).isEqualTo(11);
      assertThat(read.config().blocks()).isEqualTo(2);
      Map<String, Tensor> expected = model.encoder().parameters();
      assertThat(read.parameters().keySet()).isEqualTo(expected.keySet());
      read.parameters()
          .forEach(
              (name, value) ->
                  assertThat(HostArrays.toFloats(value))
                      .as(name)
                      .isEqualTo(HostArrays.toFloats(requireNonNull(expected.get(name)))));
    }
  }

  @Test
  void encoder_missingTensor_isNamed() throws IOException {
    Map<String, Tensor> some = new LinkedHashMap<>(model.encoder().parameters());
    some.remove("blocks.group_3.block_2.res_path.conv_2.w");
    Path file = folder.resolve("some.pth");
    TorchWriter.write(file, some);
    assertThatThrownBy(() -> TokenizerWeights.encoder(file, Compute.CPU_FP32))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("some.pth")
        .hasMessageContaining("group_3.block_2.res_path.conv_2.w");
  }

  @Test
  void encoder_otherWeights_areNoTokenizer() throws IOException {
    Path file = folder.resolve("other.pth");
    TorchWriter.write(file, Map.of("weight", model.encoder().parameters().get("blocks.input.w")));
    assertThatThrownBy(() -> TokenizerWeights.encoder(file, Compute.CPU_FP32))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("other.pth")
        .hasMessageContaining("no tokenizer");
  }
}

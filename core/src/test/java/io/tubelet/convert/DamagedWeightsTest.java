package io.tubelet.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds: it opens, or an IOException says why not. */
class DamagedWeightsTest {
  /** Of each container; the readers beneath are damaged ten times as often in their own tests. */
  private static final int MUTATIONS = 1000;

  /** Of each file beside the weights. */
  private static final int DESCRIPTIONS = 500;

  /** Of each kind of model; a file is written for each. */
  private static final int SHAPES = 100;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void bytesChanged_everyContainer_opensOrSaysWhyNot(Format format) throws IOException {
    Path good = good(format);
    SplittableRandom rng = new SplittableRandom(format.name().hashCode());
    int refused = 0;
    byte[] bytes = Files.readAllBytes(good);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = bytes.clone();
      for (int k = 0; k < 1 + rng.nextInt(4); k++) {
        // Names and sizes lie at the beginning, or at the end of a zip.
        int at = rng.nextInt(4096);
        damaged[rng.nextBoolean() ? at : damaged.length - 1 - at] = (byte) rng.nextInt();
      }
      refused += opens(good, good, damaged) ? 0 : 1;
    }
    assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "preprocessor_config.json"})
  void bytesChanged_inWhatLiesBeside_opensOrSaysWhyNot(String name) throws IOException {
    Path weights = good(Format.HUGGINGFACE);
    Path description = weights.resolveSibling(name);
    byte[] bytes = Files.readAllBytes(description);
    SplittableRandom rng = new SplittableRandom(name.hashCode());
    int refused = 0;
    for (int i = 0; i < DESCRIPTIONS; i++) {
      byte[] damaged = bytes.clone();
      for (int k = 0; k < 1 + rng.nextInt(3); k++) {
        damaged[rng.nextInt(damaged.length)] =
            (byte) "0123456789-.e[]{}:,\"tn".charAt(rng.nextInt(22));
      }
      refused += opens(weights, description, damaged) ? 0 : 1;
    }
    assertThat(refused).isBetween(DESCRIPTIONS / 4, DESCRIPTIONS - 1);
  }

  @ParameterizedTest
  @EnumSource
  void tensorsOfOtherShapes_everyKind_opensOrSaysWhyNot(SmallModels kind) throws IOException {
    SplittableRandom rng = new SplittableRandom(kind.name().hashCode());
    int refused = 0;
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> good = kind.official();
      List<String> names = new ArrayList<>(good.keySet());
      for (int i = 0; i < SHAPES; i++) {
        Map<String, Tensor> changed = new LinkedHashMap<>(good);
        changed.put(names.get(rng.nextInt(names.size())), torch.zeros(shape(rng)));
        Path file = folder.resolve("shapes.pth");
        TorchWriter.write(file, Map.of("model", changed));
        try (TensorScope inner = new TensorScope();
            ForeignWeights weights = ForeignWeights.open(file, SmallModels.STATED)) {
          weights.config();
        } catch (IOException expected) {
          refused++;
        }
      }
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "\"frames\":16, \"frames\":1073741824, tokens",
    "\"height\":32, \"height\":2147483632, tokens",
    "\"width\":24, \"width\":2147483646, width 2147483646",
    "\"depth\":2, \"depth\":2147483647, blocks",
    "\"mlp-ratio\":4.0, \"mlp-ratio\":1.0E300, mlp-ratio",
  })
  void descriptionThatLies_isRefusedBeforeItCosts(String honest, String lie, String word)
      throws IOException {
    Path file = folder.resolve("lie.pth");
    String model = SmallModels.VIDEO_MAE_CLASSIFIER.config().tree().toString();
    assertThat(model).contains(honest);
    try (TensorScope scope = new TensorScope()) {
      TorchWriter.write(
          file,
          Map.of(
              "model",
              SmallModels.VIDEO_MAE_CLASSIFIER.official(),
              "tubelet.model",
              model.replace(honest, lie)));
      assertThatThrownBy(() -> ForeignWeights.open(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll("lie.pth", word);
    }
  }

  @Test
  void folderWithoutWeights_isRefused() {
    assertThatThrownBy(() -> ForeignWeights.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(folder.toString());
  }

  private static long[] shape(SplittableRandom rng) {
    long[] shape = new long[rng.nextInt(7)];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = rng.nextInt(5);
    }
    return shape;
  }

  /** A small model in this format; the file of its tensors. */
  private Path good(Format format) throws IOException {
    SmallModels kind =
        format == Format.MAE_ST ? SmallModels.MAE_ST_CLASSIFIER : SmallModels.VIDEO_MAE_CLASSIFIER;
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights =
            ForeignWeights.open(kind.save(folder.resolve("in.pth")), SmallModels.STATED)) {
      Path out = folder.resolve(format == Format.TUBELET ? "good.safetensors" : "good");
      Converter.write(weights, format, out);
      return format == Format.HUGGINGFACE ? out.resolve("model.safetensors") : out;
    }
  }

  private static boolean opens(Path weights, Path changed, byte[] bytes) throws IOException {
    // A new file each time: what is mapped must not be written to.
    Files.delete(changed);
    Files.write(changed, bytes);
    try (TensorScope scope = new TensorScope();
        ForeignWeights opened = ForeignWeights.open(weights)) {
      opened.config();
      return true;
    } catch (IOException expected) {
      return false;
    }
  }
}

package io.tubelet.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullUnmarked // what a file holds is for the assertions to find out
class TorchRoundTripTest {
  @TempDir private Path folder = Path.of("");
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor counting(ElementType type, long... shape) {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return torch
        .arange(new Scalar(count), new TensorOptions(ScalarType.Long))
        .sub(new Scalar(3))
        .to(type.scalarType())
        .reshape(shape);
  }

  private TorchFile written(Map<String, ?> root) throws IOException {
    Path file = folder.resolve("round.pth");
    TorchWriter.write(file, root);
    assertThat(folder.resolve("round.pth.partial")).doesNotExist();
    return TorchFile.open(file);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void tensors_ofEveryTypeAndShape_comeBackEqual(ElementType type) throws IOException {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("weight", counting(type, 3, 4, 5));
    state.put("transposed", counting(type, 6, 8).t());
    state.put("slice", counting(type, 6, 8).narrow(1, 2, 3));
    state.put("expanded", counting(type, 3, 1).expand(3, 4));
    state.put("scalar", counting(type, 1).select(0, 0));
    state.put("empty", counting(type, 0, 4));
    try (TorchFile file = written(Map.of("model", state))) {
      assertThat(file.stateDict().keySet()).containsExactlyElementsOf(state.keySet());
      file.stateDict()
          .forEach(
              (name, tensor) -> {
                assertThat(Shapes.of(tensor)).as(name).isEqualTo(Shapes.of(state.get(name)));
                assertThat(tensor.scalar_type().intern()).isEqualTo(type.scalarType());
                assertThat(tensor.equal(state.get(name))).as(name).isTrue();
              });
    }
  }

  @Test
  void otherValues_nested_comeBackEqual() throws IOException {
    Map<Object, Object> optimizer = new LinkedHashMap<>();
    optimizer.put(0L, Map.of("step", 12L));
    optimizer.put("betas", List.of(0.9, 0.95));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("optimizer", optimizer);
    root.put("epoch", 799L);
    root.put(
        "integers",
        List.of(0L, 255L, 256L, 65535L, 65536L, -1L, 1L << 31, 1L << 40, Long.MIN_VALUE));
    root.put("reals", List.of(1.5e-4, Double.NEGATIVE_INFINITY));
    root.put("name", "Schnürsenkel \uD83C\uDFA5");
    root.put("flags", List.of(true, false));
    root.put("nothing", null);
    root.put("empty", new ArrayList<>(List.of(Map.of(), List.of())));
    try (TorchFile file = written(root)) {
      assertThat(file.root()).isEqualTo(root);
      assertThat(file.otherEntries()).isEqualTo(root);
      assertThatThrownBy(file::stateDict)
          .isInstanceOf(PickleException.class)
          .hasMessageContaining("no weights")
          .hasMessageContaining("round.pth");
    }
  }

  @Test
  void weights_atTheTop_areFoundBesideOtherEntries() throws IOException {
    try (TorchFile file =
        written(Map.of("head.weight", counting(ElementType.F32, 2, 2), "epoch", 3))) {
      assertThat(file.wrapper()).isEmpty();
      assertThat(file.stateDict()).containsOnlyKeys("head.weight");
      assertThat(file.otherEntries()).isEqualTo(Map.of("epoch", 3L));
    }
  }

  @Test
  void storages_inTheFile_beginAtMultiplesOf64() throws IOException {
    try (TorchFile file =
        written(
            Map.of(
                "a", counting(ElementType.I8, 5),
                "b", counting(ElementType.F64, 7),
                "c", counting(ElementType.BF16, 3)))) {
      file.stateDict()
          .values()
          .forEach(t -> assertThat(t.data_ptr().address() % StoredZipWriter.ALIGNMENT).isZero());
    }
  }

  @Test
  void writingToAReadTensor_leavesTheFileAsItWas() throws IOException {
    try (TorchFile file = written(Map.of("w", counting(ElementType.F32, 4)))) {
      byte[] before = Files.readAllBytes(file.file());
      file.stateDict().get("w").add_(new Scalar(1));
      assertThat(Files.readAllBytes(file.file())).isEqualTo(before);
    }
  }

  @Test
  void openAndClose_again_leaveNoNativeObjects() throws IOException {
    Path file = folder.resolve("round.pth");
    TorchWriter.write(file, Map.of("w", counting(ElementType.F32, 4)));
    long before = Pointer.totalCount();
    for (int i = 0; i < 3; i++) {
      TorchFile.open(file).close();
      TorchWriter.write(file, Map.of("epoch", 3L, "list", List.of(1.5)));
    }
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void verify_flippedBitInAStorage_isFoundByName() throws IOException {
    Path file = folder.resolve("round.pth");
    TorchWriter.write(file, Map.of("w", counting(ElementType.F32, 4)));
    TorchFile.verify(file);
    byte[] bytes = Files.readAllBytes(file);
    int data = ForgedFiles.find(bytes, "archive/data/0", 1);
    bytes[(data / StoredZipWriter.ALIGNMENT + 1) * StoredZipWriter.ALIGNMENT + 4] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> TorchFile.verify(file))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("round.pth: entry 'archive/data/0' is damaged");
  }

  @Test
  void write_valueWithoutForm_isRefusedWithItsPlaceAndLeavesNothing() {
    Map<String, Object> root = Map.of("args", List.of("a", new Object()));
    assertThatThrownBy(() -> TorchWriter.write(folder.resolve("x.pth"), root))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/args/1")
        .hasMessageContaining("java.lang.Object");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void write_mapWithinItself_isRefused() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("me", root);
    assertThatThrownBy(() -> TorchWriter.write(folder.resolve("x.pth"), root))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested deeper");
  }
}

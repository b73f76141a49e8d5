package io.tubelet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
  private final Path folder;
  private final TensorScope scope = new TensorScope();

  SafetensorsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void write_everyTypeAndRank_comesBackEqual(ElementType type) throws IOException {
    Map<String, Tensor> written = new LinkedHashMap<>();
    written.put("scalar", numbers(type));
    written.put("vector", numbers(type, 7));
    written.put("block", numbers(type, 2, 3, 5));
    written.put("empty", numbers(type, 3, 0, 2));
    written.put("transposed", numbers(type, 4, 3).t());
    written.put("sliced", numbers(type, 10).narrow(0, 3, 4));
    Path file = folder.resolve("all.safetensors");

    Safetensors.write(file, written, Map.of());

    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensors())
          .extracting(TensorInfo::name)
          .containsExactlyElementsOf(written.keySet());
      for (Map.Entry<String, Tensor> expected : written.entrySet()) {
        Tensor actual = read.tensor(expected.getKey());
        assertThat(actual.scalar_type().intern()).isEqualTo(type.scalarType());
        assertThat(Shapes.of(actual)).isEqualTo(Shapes.of(expected.getValue()));
        assertThat(actual.equal(expected.getValue())).as(expected.getKey()).isTrue();
      }
    }
  }

  @Test
  void write_mixedWidths_leavesEveryNumberAtAMultipleOfItsWidth() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("flag", numbers(ElementType.BOOL, 3));
    tensors.put("half", numbers(ElementType.BF16, 5));
    tensors.put("double", numbers(ElementType.F64, 3));
    tensors.put("float", numbers(ElementType.F32, 1));
    Path file = folder.resolve("mixed.safetensors");

    Safetensors.write(file, tensors, Map.of("odd", "padding"));

    SafetensorsHeader header = SafetensorsHeader.read(file);
    assertThat(header.entries().keySet()).containsExactly("flag", "half", "double", "float");
    assertThat(header.entries().values())
        .allSatisfy(e -> assertThat(e.begin() % e.info().type().width()).isZero());
  }

  @Test
  void metadata_unicodeAndQuotes_comesBackAsWritten() throws IOException {
    Map<String, String> metadata = Map.of("config", "{\"größe\": \"ViT-B\"}", "empty", "");
    Path file = folder.resolve("meta.safetensors");

    Safetensors.write(file, Map.of("größe", torch.ones(2)), metadata);

    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.metadata()).isEqualTo(metadata);
      assertThat(read.tensors())
          .containsExactly(new TensorInfo("größe", ElementType.F32, List.of(2L)));
    }
  }

  @Test
  void write_noTensors_isAReadableFile() throws IOException {
    Path file = folder.resolve("none.safetensors");
    Safetensors.write(file, Map.of(), Map.of());
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensors()).isEmpty();
    }
  }

  @Test
  void write_existingFile_isReplacedAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, Map.of("a", torch.zeros(2)), Map.of());
    Safetensors.write(file, Map.of("a", torch.ones(2)), Map.of());
    try (Safetensors read = Safetensors.open(file);
        Stream<Path> left = Files.list(folder)) {
      assertThat(read.tensor("a").equal(torch.ones(2))).isTrue();
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void write_complexTensor_isRefusedByName() {
    Tensor complex = torch.zeros(new long[] {2}, new TensorOptions(ScalarType.ComplexFloat));
    assertThatThrownBy(
            () -> Safetensors.write(folder.resolve("c"), Map.of("wave", complex), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'wave'")
        .hasMessageContaining("ComplexFloat");
  }

  @Test
  void tensor_changedInPlace_leavesTheFileAlone() throws IOException {
    Path file = folder.resolve("private.safetensors");
    Safetensors.write(file, Map.of("a", torch.zeros(4)), Map.of());
    byte[] before = Files.readAllBytes(file);
    try (Safetensors read = Safetensors.open(file)) {
      read.tensor("a").add_(new Scalar(1));
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void tensor_afterCloseOfItsFile_isStillReadable() throws IOException {
    Path file = folder.resolve("closed.safetensors");
    Safetensors.write(file, Map.of("a", torch.ones(1000)), Map.of());
    Tensor a;
    try (Safetensors read = Safetensors.open(file)) {
      a = read.tensor("a");
    }
    assertThat(a.sum().item_float()).isEqualTo(1000f);
  }

  @Test
  void tensor_atAnOddOffset_isReadRight() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
    Path file =
        Forged.write(
            folder.resolve("odd.safetensors"),
            """
            {"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},\
            "f":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}}""",
            data.put((byte) 7).putFloat(1.5f).putFloat(-2f).array());
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensor("f").select(0, 0).item_float()).isEqualTo(1.5f);
      assertThat(read.tensor("f").select(0, 1).item_float()).isEqualTo(-2f);
    }
  }

  @Test
  void tensor_boolBytesOtherThanOne_areTrue() throws IOException {
    Path file = folder.resolve("bool.safetensors");
    Safetensors.write(file, Map.of("b", numbers(ElementType.BOOL, 2)), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = (byte) 0x82;
    bytes[bytes.length - 2] = 0;
    Files.write(file, bytes);
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.tensor("b").sum().item_long()).isEqualTo(1);
    }
  }

  @Test
  void tensor_unknownName_isRefusedByFileAndName() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, Map.of("a", torch.ones(2)), Map.of());
    try (Safetensors read = Safetensors.open(file)) {
      assertThatThrownBy(() -> read.tensor("b"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("a.safetensors")
          .hasMessageContaining("'b'");
    }
  }

  /** A sparse file: its size is real to every reader, its zeros cost no disk. */
  @Test
  void open_threeGigabytes_readsOnlyWhatIsAskedFor() throws IOException {
    Path file = folder.resolve("large.safetensors");
    long count = 3L << 28; // floats
    byte[] header =
        Forged.paddedHeader(
            """
            {"large":{"dtype":"F32","shape":[%d],"data_offsets":[0,%d]}}"""
                .formatted(count, 4 * count));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header);
      out.setLength(header.length + 4 * count);
    }
    long before = Pointer.physicalBytes();
    try (Safetensors read = Safetensors.open(file)) {
      Tensor large = read.tensor("large");
      assertThat(large.select(0, count - 1).item_float()).isZero();
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(256L << 20);
  }

  @Test
  void open_manyTimes_leavesNothingBehind() throws IOException {
    Path file = folder.resolve("leak.safetensors");
    Safetensors.write(file, Map.of("a", torch.ones(1000), "b", torch.ones(0)), Map.of());
    long before = Pointer.totalCount();
    for (int i = 0; i < 50; i++) {
      try (TensorScope inner = new TensorScope();
          Safetensors read = Safetensors.open(file)) {
        Safetensors.write(folder.resolve("copy"), read.load(), Map.of());
      }
    }
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
  }

  @Test
  void open_fixturesOfTheOfficialPrograms_areAllReadable() throws IOException {
    Path fixtures = Path.of(System.getProperty("tubelet.root", "."), "..", "shared", "fixtures");
    assumeTrue(Files.isDirectory(fixtures), "no ../shared/fixtures beside the checkout");
    try (Stream<Path> files = Files.list(fixtures)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(".safetensors")).toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        try (TensorScope inner = new TensorScope();
            Safetensors read = Safetensors.open(file)) {
          for (TensorInfo info : read.tensors()) {
            assertThat(Shapes.of(read.tensor(info.name()))).isEqualTo(info.sizes());
          }
        }
      }
    }
  }

  /** Small whole numbers, different from place to place, that every type can hold. */
  private static Tensor numbers(ElementType type, long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return torch
        .arange(new Scalar(count + 1))
        .narrow(0, 1, count)
        .remainder(new Scalar(type == ElementType.BOOL ? 2 : 100))
        .to(type.scalarType())
        .view(shape);
  }
}

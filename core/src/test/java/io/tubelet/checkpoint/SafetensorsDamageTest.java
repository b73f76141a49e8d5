package io.tubelet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and hostile files: one clear sentence each, and never more than that. */
class SafetensorsDamageTest {
  private static final int MUTATIONS = 10_000;

  private final Path file;

  SafetensorsDamageTest(@TempDir Path folder) {
    this.file = folder.resolve("bad.safetensors");
  }

  /** Headers followed by four bytes of data, and what the message must say. */
  static Stream<Arguments> badHeaders() {
    return Stream.of(
        arguments("", "does not begin with '{'"),
        arguments("[]", "does not begin with '{'"),
        arguments("{", "not valid JSON"),
        arguments("{\"a\"", "not valid JSON"),
        arguments("{} {}", "text follows"),
        arguments("{}", "4 bytes after the last tensor belong to none"),
        arguments("{\"a\":1}", "tensor 'a' must be an object"),
        arguments("{\"a\":{}}", "'a' needs dtype, shape and data_offsets"),
        arguments("{" + "\"a\":{".repeat(5000), "'a' is not a field"),
        arguments(tensor("a", "F32", "[1]", "[0,4]", ",\"x\":1"), "'x' is not a field"),
        arguments(tensor("a", "F32", "[1]", "[0,4]", ",\"shape\":[1]"), "'shape' appears twice"),
        arguments(tensor("a", "F33", "[1]", "[0,4]", ""), "'dtype' is not one of [F64, F32"),
        arguments(tensor("a", "F32", "[2]", "[0,4]", ""), "F32 [2] takes 8 bytes"),
        arguments(tensor("a", "F32", "[1]", "[0,5]", ""), "ends at byte 5 of the data"),
        arguments(tensor("a", "F32", "[1]", "[4,0]", ""), "must be [begin, end], got [4, 0]"),
        arguments(tensor("a", "F32", "[1]", "[0]", ""), "must be [begin, end], got [0]"),
        arguments(tensor("a", "F32", "[1.0]", "[0,4]", ""), "'shape' must hold whole numbers"),
        arguments(tensor("a", "F32", "[-1]", "[0,4]", ""), "'shape' must hold whole numbers"),
        arguments(tensor("a", "F32", "[null]", "[0,4]", ""), "'shape' must hold whole numbers"),
        arguments(tensor("a", "F32", "{}", "[0,4]", ""), "'shape' must be a list"),
        arguments(
            tensor("a", "F32", "[9223372036854775808]", "[0,4]", ""),
            "'shape' must hold whole numbers from 0 to 2^63 - 1"),
        arguments(tensor("a", "F32", "[9223372036854775807]", "[0,4]", ""), "exceeds 2^63 bytes"),
        arguments(tensor("a", "F32", "[0,9223372036854775807]", "[0,0]", ""), "exceeds 2^63 bytes"),
        arguments(
            tensor("a", "F32", "[4294967296,4294967296,1]", "[0,4]", ""), "exceeds 2^63 bytes"),
        arguments(
            tensor("a", "F32", "[1" + ",1".repeat(64) + "]", "[0,4]", ""), "has 65 dimensions"),
        arguments(
            tensor("a", "F32", "[1]", "[0,18446744073709551616]", ""),
            "'data_offsets' must hold whole numbers"),
        arguments(two("a", "[0,2]", "b", "[1,3]"), "overlapping byte 2"),
        arguments(two("a", "[0,2]", "b", "[0,2]"), "overlapping byte 2"),
        arguments(two("a", "[0,1]", "b", "[2,4]"), "leaving a gap after byte 1"),
        arguments(two("a", "[1,2]", "b", "[2,4]"), "leaving a gap after byte 0"),
        arguments(two("a", "[0,2]", "a", "[2,4]"), "tensor 'a' appears twice"),
        arguments("{\"__metadata__\":{},\"__metadata__\":{}}", "__metadata__ appears twice"),
        arguments("{\"__metadata__\":{\"k\":1}}", "__metadata__.'k' must be text"),
        arguments("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", "__metadata__.'k' appears twice"),
        arguments("{\"__metadata__\":[]}", "__metadata__ must be an object"),
        arguments("{\"" + "n".repeat(100_000) + "\":1}", "not valid JSON"),
        arguments("{\"line\\nbreak\":1}", "'line?break'"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("badHeaders")
  void open_badHeader_namesTheFileAndTheFault(String json, String fault) throws IOException {
    Forged.write(file, json, new byte[4]);
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(fault);
  }

  @Test
  void open_headerLongerThanTheFile_isRefused() throws IOException {
    for (long length : new long[] {3, 100, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      Files.write(file, headerOfLength(length, "{}"));
      assertThatThrownBy(() -> Safetensors.open(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("claims a header of " + Long.toUnsignedString(length))
          .hasMessageContaining("only 2 follow");
    }
  }

  @Test
  void open_headerBeyondTheBound_isRefusedUnread() throws IOException {
    int length = SafetensorsHeader.MAX_HEADER_BYTES + 1;
    Files.write(file, headerOfLength(length, "{" + " ".repeat(length - 2) + "}"));
    assertThatThrownBy(() -> Safetensors.open(file))
        .hasMessageContaining("claims a header of " + length)
        .hasMessageContaining("at most " + SafetensorsHeader.MAX_HEADER_BYTES);
  }

  @Test
  void open_notUtf8_isRefused() throws IOException {
    byte[] bytes = Forged.header("{\"??\":1}");
    bytes[10] = (byte) 0xC3; // opens a pair that the next byte does not close
    Files.write(file, bytes);
    assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("not UTF-8");
  }

  @Test
  void open_noFileFolderOrTooShort_isRefused() throws IOException {
    assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("no such file");
    assertThatThrownBy(() -> Safetensors.open(file.resolveSibling(".")))
        .hasMessageContaining("not a regular file");
    Files.write(file, new byte[7]);
    assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("7 bytes are too few");
  }

  @Test
  void open_cutAnywhere_isRefused() throws IOException {
    byte[] good = goodFile();
    for (int length = 0; length < good.length; length++) {
      Files.deleteIfExists(file);
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(CheckpointException.class);
    }
  }

  /** Either refused as a checkpoint, or read to the last number. */
  @Test
  void open_mutatedAtRandom_isRefusedClearlyOrReadWhole() throws IOException {
    byte[] good = goodFile();
    RandomGenerator random = new SplittableRandom(20260101);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.deleteIfExists(file); // some file systems wait for the disk when a file is overwritten
      Files.write(file, mutate(good, random));
      try (TensorScope scope = new TensorScope();
          Safetensors read = Safetensors.open(file)) {
        for (Tensor tensor : read.load().values()) {
          assertThat(tensor.to(ScalarType.Double).sum().numel()).isEqualTo(1);
        }
      } catch (CheckpointException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
        refused++;
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS * 19 / 20);
  }

  private byte[] goodFile() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (ElementType type : ElementType.values()) {
        tensors.put(type.name(), torch.arange(new Scalar(6)).to(type.scalarType()).view(2, 3));
      }
      tensors.put("empty", torch.zeros(0, 3));
      tensors.put("scalar", torch.ones(new long[0]));
      Safetensors.write(file, tensors, Map.of("note", "made by hand"));
    }
    return Files.readAllBytes(file);
  }

  /** Changes a few bytes, mostly digits and signs of the header, or moves, cuts, repeats a part. */
  private static byte[] mutate(byte[] good, RandomGenerator random) {
    byte[] bytes = good.clone();
    for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) "0123456789[]{}:,\"-eFIU".charAt(random.nextInt(22));
        case 3 -> bytes[random.nextInt(Math.min(8, bytes.length))] = (byte) random.nextInt();
        case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 16));
        default -> {
          int length = random.nextInt(Math.min(32, bytes.length));
          int from = random.nextInt(bytes.length - length);
          int to = random.nextInt(bytes.length - length);
          System.arraycopy(bytes.clone(), from, bytes, to, length);
        }
      }
    }
    return bytes;
  }

  private static byte[] headerOfLength(long length, String text) {
    byte[] bytes = Forged.header(text);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    return bytes;
  }

  private static String tensor(
      String name, String type, String shape, String offsets, String extra) {
    return """
        {"%s":{"dtype":"%s","shape":%s,"data_offsets":%s%s}}"""
        .formatted(name, type, shape, offsets, extra);
  }

  /** Two tensors of bytes that lie where they say. */
  private static String two(String a, String offsetsA, String b, String offsetsB) {
    String entry = "\"%s\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":%s}";
    return "{"
        + entry.formatted(a, span(offsetsA), offsetsA)
        + ","
        + entry.formatted(b, span(offsetsB), offsetsB)
        + "}";
  }

  private static int span(String offsets) {
    return offsets.charAt(3) - offsets.charAt(1);
  }
}

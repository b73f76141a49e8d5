package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads event files back with a parser of its own, down to a bit-by-bit CRC-32C. */
class TensorBoardWriterTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-02T12:00:00.5Z"), ZoneOffset.UTC);

  /** The head of a PNG of 3x2 pixels: signature, header chunk. */
  private static final byte[] PNG =
      HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452000000030000000208020000001216f14d");

  private final Path folder;

  TensorBoardWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Vectors of RFC 3720, appendix B.4. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000, 8a9136aa",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 62a8ab43",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 46dd794e",
    "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100, 113fdb5c",
  })
  void maskedCrc_ofPublishedVectors_unmasksToThePublishedValue(String data, String crc) {
    byte[] bytes = HexFormat.of().parseHex(data);
    int unmasked = Integer.rotateLeft(RecordFraming.maskedCrc(bytes) - 0xa282ead8, 15);
    assertThat(Integer.toHexString(unmasked)).isEqualTo(crc);
    assertThat(unmasked).isEqualTo(crc32c(bytes));
  }

  @Test
  void file_isNamedByTimeAndHost_andOpensWithItsVersion() throws IOException {
    try (var writer = TensorBoardWriter.create(folder, NOON, "somewhere")) {
      assertThat(writer.file())
          .isEqualTo(folder.resolve("events.out.tfevents.1767355200.somewhere"));
    }
    assertThat(event(0).one(1)).isEqualTo(1767355200.5);
    assertThat(event(0).text(3)).isEqualTo("brain.Event:2");
  }

  @Test
  void secondFileOfOneSecond_hasANameOfItsOwn() throws IOException {
    try (var first = TensorBoardWriter.create(folder, NOON, "h");
        var second = TensorBoardWriter.create(folder, NOON, "h")) {
      assertThat(second.file()).isNotEqualTo(first.file());
    }
  }

  @Test
  void report_becomesScalarsOfItsStep() throws IOException {
    try (var writer = TensorBoardWriter.create(folder, NOON, "h")) {
      writer.accept(
          new StepReport(300, 4.5, 0.75, 1e-3, 0.02, 186, 0.25, 2, 1, 60, 3_000_000_000L));
    }
    assertThat(event(1).one(2)).isEqualTo(300L);
    var scalars = new TreeMap<String, Object>();
    for (Message value : event(1).message(5).messages(1)) {
      scalars.put(value.text(1), value.one(2));
    }
    assertThat(scalars)
        .containsOnly(
            Map.entry("train/loss", 0.75f),
            Map.entry("train/learning_rate", 1e-3f),
            Map.entry("train/gradient_norm", 0.02f),
            Map.entry("train/skipped_steps", 1f),
            Map.entry("train/epoch", 4.5f),
            Map.entry("speed/clips_per_second", 186f),
            Map.entry("speed/loader_wait_share", 0.25f),
            Map.entry("speed/loader_workers", 2f),
            Map.entry("memory/resident_gigabytes", 3f));
  }

  @Test
  void validation_becomesScalarsOfItsStep_withoutWhatIsNotKnown() throws IOException {
    try (var writer = TensorBoardWriter.create(folder, NOON, "h")) {
      writer.accept(new Validation(40, 2, 0.625, Double.NaN, 1.5));
    }
    assertThat(event(1).one(2)).isEqualTo(40L);
    var scalars = new TreeMap<String, Object>();
    for (Message value : event(1).message(5).messages(1)) {
      scalars.put(value.text(1), value.one(2));
    }
    assertThat(scalars)
        .containsOnly(Map.entry("validation/top1", 0.625f), Map.entry("validation/log_loss", 1.5f));
  }

  @Test
  void scalarOfALargeStep_keepsEveryBit() throws IOException {
    try (var writer = TensorBoardWriter.create(folder, NOON, "h")) {
      writer.scalar("eval/top1", 5_000_000_000L, 0.625);
    }
    assertThat(event(1).one(2)).isEqualTo(5_000_000_000L);
  }

  @Test
  void image_keepsItsBytesAndSize() throws IOException {
    try (var writer = TensorBoardWriter.create(folder, NOON, "h")) {
      writer.image("reconstruction", 7, PNG);
    }
    Message image = event(1).message(5).message(1).message(4);
    assertThat(image.one(1)).isEqualTo(2L);
    assertThat(image.one(2)).isEqualTo(3L);
    assertThat(image.one(3)).isEqualTo(3L);
    assertThat(image.one(4)).isEqualTo(PNG);
  }

  @Test
  void text_isAStringTensorForTheTextPlugin() throws IOException {
    try (var writer = TensorBoardWriter.create(folder, NOON, "h")) {
      writer.text("configuration", 0, "größe: 16");
    }
    Message value = event(1).message(5).message(1);
    assertThat(value.message(8).one(1)).isEqualTo(7L);
    assertThat(value.message(8).text(8)).isEqualTo("größe: 16");
    assertThat(value.message(9).message(1).text(1)).isEqualTo("text");
  }

  @Test
  void resumedRun_tellsTensorBoardToForgetLaterSteps() throws IOException {
    TensorBoardWriter.resume(folder, 40).close();
    assertThat(event(1).one(2)).isEqualTo(41L);
    assertThat(event(1).message(7).one(1)).isEqualTo(1L);
  }

  @Test
  void record_isOnDiskBeforeTheFileIsClosed() throws IOException {
    try (var writer = TensorBoardWriter.create(folder, NOON, "h")) {
      writer.scalar("a", 1, 2);
      assertThat(events()).hasSize(2);
    }
  }

  private Message event(int number) throws IOException {
    return Message.parse(events().get(number));
  }

  private List<byte[]> events() throws IOException {
    Path file;
    try (var files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    var records = new ArrayList<byte[]>();
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      checkMasked(length, in.getInt());
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      checkMasked(data, in.getInt());
      records.add(data);
    }
    return records;
  }

  private static void checkMasked(byte[] data, int masked) {
    int crc = crc32c(data);
    assertThat(masked).isEqualTo(((crc >>> 15) | (crc << 17)) + 0xa282ead8);
  }

  private static int crc32c(byte[] data) {
    int crc = ~0;
    for (byte b : data) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
      }
    }
    return ~crc;
  }

  /** The values of each field number: Long, Double, Float or byte[], by wire type. */
  private record Message(Map<Integer, List<Object>> fields) {

    static Message parse(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      var fields = new TreeMap<Integer, List<Object>>();
      while (in.hasRemaining()) {
        long tag = varint(in);
        Object value =
            switch ((int) (tag & 7)) {
              case 0 -> varint(in);
              case 1 -> in.getDouble();
              case 5 -> in.getFloat();
              case 2 -> {
                byte[] content = new byte[(int) varint(in)];
                in.get(content);
                yield content;
              }
              default -> throw new AssertionError("wire type " + (tag & 7));
            };
        fields.computeIfAbsent((int) (tag >>> 3), f -> new ArrayList<>()).add(value);
      }
      return new Message(fields);
    }

    Object one(int field) {
      List<Object> values = fields.getOrDefault(field, List.of());
      assertThat(values).hasSize(1);
      return values.get(0);
    }

    String text(int field) {
      return new String((byte[]) one(field), UTF_8);
    }

    Message message(int field) {
      return parse((byte[]) one(field));
    }

    List<Message> messages(int field) {
      return fields.getOrDefault(field, List.of()).stream().map(v -> parse((byte[]) v)).toList();
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = in.get();
        value |= (long) (b & 0x7F) << shift;
        if (b >= 0) {
          return value;
        }
      }
    }
  }
}

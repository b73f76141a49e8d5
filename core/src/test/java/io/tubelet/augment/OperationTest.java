package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.clip.Frames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
  private static final String TABLE = "randaugment.json";
  private static final String TENSORS = "randaugment.safetensors";

  /** In neither official list. */
  private static final Set<String> NOT_OFFERED =
      Set.of("PosterizeOriginal", "TranslateX", "TranslateY");

  /** Byte for byte, all cases but the bilinear ones: both programs fix bicubic. */
  @TestFactory
  List<DynamicTest> apply_officialCases_areEqualByteForByte() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : ClipFixtures.json(TABLE).get("cases")) {
      String name = one.get("op").asText();
      if (!NOT_OFFERED.contains(name) && !one.get("interpolation").asText().equals("bilinear")) {
        String negated = one.get("negated").asBoolean() ? ", negated" : "";
        tests.add(
            dynamicTest(
                "%s %s at %s%s"
                    .formatted(one.get("key").asText(), name, one.get("magnitude"), negated),
                () -> assertOfficial(one)));
      }
    }
    return tests;
  }

  private static void assertOfficial(JsonNode one) throws IOException {
    AppliedOperation ours =
        new AppliedOperation(
            operation(one.get("op").asText()),
            one.get("magnitude").asDouble(),
            one.get("negated").asBoolean());
    if (!one.get("level_args").isEmpty()) {
      assertThat(ours.operation().argument(ours.magnitude(), ours.negated()))
          .isCloseTo(one.get("level_args").get(0).asDouble(), within(1e-15));
    }
    Frames source = officialSource();
    byte[] before = source.rgb().clone();
    assertThat(ours.apply(source).rgb())
        .isEqualTo(ClipFixtures.bytes(TENSORS, one.get("key").asText()));
    assertThat(source.rgb()).isEqualTo(before);
  }

  @Test
  void lists_areTheOfficialOnes() throws IOException {
    JsonNode table = ClipFixtures.json(TABLE);
    assertThat(Operation.PLAIN).isEqualTo(operations(table.get("op_list_plain")));
    assertThat(Operation.INCREASING).isEqualTo(operations(table.get("op_list_increasing")));
  }

  /** A clip is nothing but its frames: what is measured of a frame is of that frame alone. */
  @ParameterizedTest
  @EnumSource(Operation.class)
  void apply_framesTogether_isEachFrameAlone(Operation operation) {
    Frames clip = noise(3, 9, 13);
    AppliedOperation applied = new AppliedOperation(operation, 7.3, operation.signed());
    byte[] together = applied.apply(clip).rgb();
    for (int t = 0; t < clip.count(); t++) {
      byte[] one = Arrays.copyOfRange(clip.rgb(), clip.offset(t), clip.offset(t + 1));
      assertThat(applied.apply(new Frames(1, 9, 13, one)).rgb())
          .isEqualTo(Arrays.copyOfRange(together, clip.offset(t), clip.offset(t + 1)));
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void apply_onePixel_staysOnePixel(Operation operation) {
    Frames pixel = new Frames(1, 1, 1, new byte[] {10, (byte) 200, 77});
    assertThat(new AppliedOperation(operation, 10, false).apply(pixel).rgb()).hasSize(3);
  }

  @Test
  void statistics_frameOfOneColour_changeNothing() {
    byte[] flat = new byte[5 * 7 * 3];
    Arrays.fill(flat, (byte) 93);
    Frames frame = new Frames(1, 5, 7, flat);
    assertThat(Operation.AUTO_CONTRAST.apply(frame, 0).rgb()).isEqualTo(flat);
    assertThat(Operation.EQUALIZE.apply(frame, 0).rgb()).isEqualTo(flat);
  }

  @Test
  void appliedOperation_outOfRange_isRefused() {
    assertThatThrownBy(() -> new AppliedOperation(Operation.ROTATE, 10.5, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ROTATE")
        .hasMessageContaining("10.5");
    assertThatThrownBy(() -> new AppliedOperation(Operation.INVERT, 1, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INVERT");
  }

  private static List<Operation> operations(JsonNode names) {
    List<Operation> operations = new ArrayList<>();
    names.forEach(name -> operations.add(operation(name.asText())));
    return operations;
  }

  /** SolarizeAdd is SOLARIZE_ADD. */
  private static Operation operation(String official) {
    return Operation.valueOf(
        official.replaceAll("(?<=[a-zX-Y])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
  }

  private static Frames officialSource() throws IOException {
    return new Frames(1, 28, 36, ClipFixtures.bytes(TENSORS, "input_u8_hwc"));
  }

  private static Frames noise(int count, int height, int width) {
    byte[] rgb = new byte[count * height * width * 3];
    new SplittableRandom(1).nextBytes(rgb);
    return new Frames(count, height, width, rgb);
  }
}

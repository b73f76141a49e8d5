package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import io.tubelet.fixture.FixtureFolder;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Resizing equals OpenCV's, byte for byte. */
class OpenCvResizeTest {

  static Stream<Named<JsonNode>> officialSizes() {
    return FixtureFolder.all().stream()
        .flatMap(folder -> folder.table("opencv_resize").stream())
        .flatMap(table -> StreamSupport.stream(table.get("cases").spliterator(), false))
        .map(
            one ->
                named(
                    "%s %s to %s"
                        .formatted(
                            one.get("interpolation").asText(),
                            one.get("source_hw"),
                            one.get("resized_hw")),
                    one));
  }

  @ParameterizedTest
  @MethodSource
  void officialSizes(JsonNode one) {
    int height = one.get("source_hw").get(0).asInt();
    int width = one.get("source_hw").get(1).asInt();
    Resampling resampling =
        one.get("interpolation").asText().equals("area")
            ? Resampling.OPENCV_AREA
            : Resampling.OPENCV_LINEAR;
    byte[] resized =
        new Crop(new CropBox(0, 0, height, width), false, resampling)
            .apply(
                noise(height, width),
                one.get("resized_hw").get(0).asInt(),
                one.get("resized_hw").get(1).asInt())
            .rgb();
    JsonNode first = one.get("first");
    for (int i = 0; i < Math.min(first.size(), resized.length); i++) {
      assertThat(resized[i] & 0xff).as("byte %d", i).isEqualTo(first.get(i).asInt());
    }
    CRC32 digest = new CRC32();
    digest.update(resized);
    assertThat(digest.getValue()).isEqualTo(one.get("crc32").asLong());
  }

  /** The numbers that the table was made from. */
  private static Frames noise(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    long state = 1;
    for (int i = 0; i < rgb.length; i++) {
      state = (state * 1103515245L + 12345) & 0x7fffffff;
      rgb[i] = (byte) (state >> 16);
    }
    return new Frames(1, height, width, rgb);
  }

  @Test
  void box_inALargerFrame_isResizedAsIfAlone() {
    Frames source = noise(30, 40);
    CropBox box = new CropBox(7, 9, 14, 20);
    byte[] alone = new byte[14 * 20 * 3];
    for (int y = 0; y < 14; y++) {
      System.arraycopy(source.rgb(), ((7 + y) * 40 + 9) * 3, alone, y * 60, 60);
    }
    for (Resampling resampling : Resampling.values()) {
      for (int[] size : new int[][] {{7, 10}, {5, 9}, {20, 31}, {7, 20}}) {
        byte[] inside = new Crop(box, false, resampling).apply(source, size[0], size[1]).rgb();
        byte[] cut =
            new Crop(new CropBox(0, 0, 14, 20), false, resampling)
                .apply(new Frames(1, 14, 20, alone), size[0], size[1])
                .rgb();
        assertThat(inside).as("%s %s", resampling, Arrays.toString(size)).isEqualTo(cut);
      }
    }
  }
}

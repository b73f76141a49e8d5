package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import io.tubelet.clip.Size;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pixels that the official tests show their models. */
class OfficialTestPixelsTest {
  private static final String TENSORS = "preprocess.safetensors";

  @Test
  void videoMae_resizedFrames_areEqualByteForByte() throws Exception {
    assertThat(resized(TestCrops.VIDEO_MAE).rgb())
        .isEqualTo(ClipFixtures.bytes(TENSORS, "videomae_cv2_resized_u8"));
  }

  @Test
  void videoMae_crops_areEqual() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(largestDifference(TestCrops.VIDEO_MAE, 3, i, "videomae_test_crop" + i + "_cthw"))
          .as("crop %d", i)
          .isCloseTo(0, within(1e-4)); // the official values are normalised floats of bytes
    }
    assertThat(largestDifference(TestCrops.VIDEO_MAE, 1, 0, "videomae_val_center_cthw"))
        .isCloseTo(0, within(1e-4));
  }

  /** The official program keeps floats; ours rounds once. Weights of 11 bits add little. */
  @Test
  void maeSt_crops_areEqualUpToRounding() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(largestDifference(TestCrops.MAE_ST, 3, i, "maest_test_crop" + i + "_cthw"))
          .as("crop %d", i)
          .isBetween(0.4, 0.51);
    }
  }

  private static Frames resized(TestCrops crops) throws IOException {
    JsonNode fixture = ClipFixtures.json("preprocess.json");
    int[] size = ClipFixtures.ints(fixture.get("source"));
    Frames source =
        new Frames(size[0], size[1], size[2], ClipFixtures.bytes(TENSORS, "clip_u8_thwc"));
    Size to = crops.resized(new Size(size[1], size[2]), fixture.get("short_side").asInt());
    return new Crop(new CropBox(0, 0, size[1], size[2]), false, crops.resampling())
        .apply(source, to.height(), to.width());
  }

  /** In grey levels. */
  private static double largestDifference(TestCrops crops, int count, int crop, String key)
      throws IOException {
    JsonNode fixture = ClipFixtures.json("preprocess.json");
    Frames resized = resized(crops);
    int side = fixture.get("short_side").asInt();
    Size size = new Size(resized.height(), resized.width());
    CropBox box = crops.boxes(size, count, side, side).get(crop);
    FloatBuffer official = ClipFixtures.tensor(TENSORS, key).asFloatBuffer(); // [3, T, H, W]
    double largest = 0;
    for (int c = 0; c < 3; c++) {
      for (int t = 0; t < resized.count(); t++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            double want = level(official.get(), fixture, crops, c);
            int pixel = (box.top() + y) * resized.width() + box.left() + x;
            int ours = resized.rgb()[resized.offset(t) + pixel * 3 + c] & 0xff;
            largest = Math.max(largest, Math.abs(ours - want));
          }
        }
      }
    }
    return largest;
  }

  private static double level(double normalised, JsonNode fixture, TestCrops crops, int colour) {
    List<JsonNode> scale =
        crops == TestCrops.MAE_ST
            ? List.of(fixture.get("maest_norm").get(0), fixture.get("maest_norm").get(1))
            : List.of(
                fixture.get("videomae_norm").get(0).get(colour),
                fixture.get("videomae_norm").get(1).get(colour));
    return (normalised * scale.get(1).asDouble() + scale.get(0).asDouble()) * 255;
  }
}

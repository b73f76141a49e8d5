package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import io.tubelet.clip.Size;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CropTest {
  private static final String TENSORS = "preprocess.safetensors";

  @Test
  void antialiased_officialCrops_areEqualByteForByte() throws Exception {
    JsonNode fixture = ClipFixtures.json("preprocess.json");
    Frames source = source(fixture);
    JsonNode official = fixture.get("videomae_pretrain");
    int size = official.get("input_size").asInt();
    for (int i = 0; i < official.get("cases").size(); i++) {
      JsonNode box = official.get("cases").get(i);
      Crop crop =
          new Crop(
              new CropBox(
                  box.get("y0").asInt(),
                  box.get("x0").asInt(),
                  box.get("crop_h").asInt(),
                  box.get("crop_w").asInt()),
              false,
              Resampling.ANTIALIASED);
      assertThat(crop.apply(source, size, size).rgb())
          .as(box.toString())
          .isEqualTo(ClipFixtures.bytes(TENSORS, "videomae_pretrain" + i + "_u8"));
    }
  }

  /** The official program keeps floats; ours rounds once, plus an eighth for 11-bit weights. */
  @Test
  void bilinear_officialCrops_areEqualUpToRounding() throws Exception {
    JsonNode fixture = ClipFixtures.json("preprocess.json");
    int size = fixture.get("rrc_target").asInt();
    JsonNode boxes = fixture.get("boxes_top_left_h_w");
    for (int i = 0; i < boxes.size(); i++) {
      assertWithinRounding(fixture, boxes.get(i), false, size, "rrc" + i + "_cthw");
    }
    assertWithinRounding(fixture, boxes.get(0), true, size, "rrc0_flipped_cthw");
  }

  private static void assertWithinRounding(
      JsonNode fixture, JsonNode box, boolean flip, int size, String key) throws IOException {
    int[] b = ClipFixtures.ints(box);
    Crop crop = new Crop(new CropBox(b[0], b[1], b[2], b[3]), flip, Resampling.BILINEAR);
    Frames ours = crop.apply(source(fixture), size, size);
    double mean = fixture.get("maest_norm").get(0).asDouble();
    double std = fixture.get("maest_norm").get(1).asDouble();
    FloatBuffer official = ClipFixtures.tensor(TENSORS, key).asFloatBuffer(); // [3, T, H, W]
    int perChannel = ours.rgb().length / 3;
    for (int at = 0; at < perChannel; at++) {
      for (int c = 0; c < 3; c++) {
        double want = (official.get(c * perChannel + at) * std + mean) * 255;
        assertThat((double) (ours.rgb()[at * 3 + c] & 0xff))
            .as("%s, value %d of channel %d", key, at, c)
            .isBetween(want - 0.63, want + 0.63);
      }
    }
  }

  /** Each pass as it is defined, pixel by pixel; the boxes reach the last byte of the source. */
  @Test
  void antialiased_anySizes_areTheTwoPassesOfTheDefinition() {
    SplittableRandom rng = new SplittableRandom(5);
    for (int i = 0; i < 40; i++) {
      Frames source = noise(1, 1 + rng.nextInt(60), 1 + rng.nextInt(60));
      int boxHeight = 1 + rng.nextInt(source.height());
      int boxWidth = 1 + rng.nextInt(source.width());
      CropBox box =
          new CropBox(source.height() - boxHeight, source.width() - boxWidth, boxHeight, boxWidth);
      int height = 1 + rng.nextInt(30);
      int width = 1 + rng.nextInt(30);
      boolean flip = rng.nextBoolean();
      assertThat(new Crop(box, flip, Resampling.ANTIALIASED).apply(source, height, width).rgb())
          .as("%s of %d x %d to %d x %d", box, source.height(), source.width(), height, width)
          .isEqualTo(twoPasses(source, box, flip, height, width));
    }
  }

  private static byte[] twoPasses(Frames source, CropBox box, boolean flip, int height, int width) {
    TriangleTaps across = TriangleTaps.of(box.width(), width);
    TriangleTaps down = TriangleTaps.of(box.height(), height);
    int[][] narrow = new int[box.height()][width * 3];
    for (int y = 0; y < box.height(); y++) {
      for (int i = 0; i < width * 3; i++) {
        int sum = TriangleTaps.HALF;
        for (int k = 0; k < across.count()[i / 3]; k++) {
          int x = box.left() + across.first()[i / 3] + k;
          int at = ((box.top() + y) * source.width() + x) * 3 + i % 3;
          sum += (source.rgb()[at] & 0xff) * across.weights()[i / 3 * across.perPlace() + k];
        }
        int x = flip ? width - 1 - i / 3 : i / 3;
        narrow[y][x * 3 + i % 3] = sum >> TriangleTaps.BITS;
      }
    }
    byte[] rgb = new byte[height * width * 3];
    for (int i = 0; i < rgb.length; i++) {
      int y = i / (width * 3);
      int sum = TriangleTaps.HALF;
      for (int k = 0; k < down.count()[y]; k++) {
        int weight = down.weights()[y * down.perPlace() + k];
        sum += narrow[down.first()[y] + k][i % (width * 3)] * weight;
      }
      rgb[i] = (byte) (sum >> TriangleTaps.BITS);
    }
    return rgb;
  }

  @Test
  void apply_pictureOfOnePixel_repeatsItAtEverySize() {
    Frames source = new Frames(1, 1, 1, new byte[] {10, (byte) 200, 30});
    for (Resampling resampling : Resampling.values()) {
      Frames cut = new Crop(new CropBox(0, 0, 1, 1), true, resampling).apply(source, 3, 2);
      for (int i = 0; i < cut.rgb().length; i++) {
        assertThat(cut.rgb()[i]).as("%s, byte %d", resampling, i).isEqualTo(source.rgb()[i % 3]);
      }
    }
  }

  @Test
  void apply_boxOfTheClipsSize_copiesItsPixels() {
    Frames source = noise(2, 20, 30);
    for (Resampling resampling : Resampling.values()) {
      Frames cut = new Crop(new CropBox(3, 5, 8, 10), false, resampling).apply(source, 8, 10);
      for (int t = 0; t < 2; t++) {
        for (int y = 0; y < 8; y++) {
          for (int i = 0; i < 30; i++) {
            assertThat(cut.rgb()[cut.offset(t) + y * 30 + i])
                .isEqualTo(source.rgb()[source.offset(t) + (y + 3) * 90 + 15 + i]);
          }
        }
      }
    }
  }

  @Test
  void apply_flip_mirrorsTheResult() {
    Frames source = noise(1, 20, 30);
    for (Resampling resampling : Resampling.values()) {
      CropBox box = new CropBox(1, 2, 15, 23);
      byte[] plain = new Crop(box, false, resampling).apply(source, 7, 9).rgb();
      byte[] flipped = new Crop(box, true, resampling).apply(source, 7, 9).rgb();
      for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 9; x++) {
          for (int c = 0; c < 3; c++) {
            assertThat(flipped[(y * 9 + x) * 3 + c]).isEqualTo(plain[(y * 9 + 8 - x) * 3 + c]);
          }
        }
      }
    }
  }

  @Test
  void apply_someFrames_writesThemWhereTold() {
    Frames source = noise(3, 20, 30);
    Crop crop = new Crop(new CropBox(0, 0, 20, 30), false, Resampling.ANTIALIASED);
    byte[] all = crop.apply(source, 4, 6).rgb();
    byte[] target = new byte[10 + 3 * 72];
    crop.apply(source, new int[] {2, 0, 2}, 4, 6, target, 10);
    assertThat(target).startsWith(new byte[10]);
    for (int i = 0; i < 72; i++) {
      assertThat(target[10 + i]).isEqualTo(all[144 + i]);
      assertThat(target[10 + 72 + i]).isEqualTo(all[i]);
      assertThat(target[10 + 144 + i]).isEqualTo(all[144 + i]);
    }
  }

  @Test
  void apply_white_staysWhiteAtEverySize() {
    byte[] white = new byte[40 * 50 * 3];
    Arrays.fill(white, (byte) 255);
    Frames source = new Frames(1, 40, 50, white);
    for (Resampling resampling : Resampling.values()) {
      for (int size : new int[] {1, 3, 17, 40, 97}) {
        Crop crop = new Crop(new CropBox(0, 0, 40, 50), false, resampling);
        assertThat(crop.apply(source, size, size + 2).rgb()).containsOnly((byte) 255);
      }
    }
  }

  @Test
  void draw_flipProbability_isObserved() {
    Size source = new Size(20, 30);
    SplittableRandom rng = new SplittableRandom(8);
    int flips = 0;
    for (int i = 0; i < 1000; i++) {
      flips += Crop.draw(new CentreCrop(), 0.5, source, 8, 8, rng).flip() ? 1 : 0;
      assertThat(Crop.draw(new CentreCrop(), 0, source, 8, 8, rng).flip()).isFalse();
      assertThat(Crop.draw(new CentreCrop(), 1, source, 8, 8, rng).flip()).isTrue();
    }
    assertThat(flips).isBetween(420, 580);
  }

  private static Frames source(JsonNode fixture) throws IOException {
    int[] size = ClipFixtures.ints(fixture.get("source"));
    return new Frames(size[0], size[1], size[2], ClipFixtures.bytes(TENSORS, "clip_u8_thwc"));
  }

  private static Frames noise(int count, int height, int width) {
    byte[] rgb = new byte[count * height * width * 3];
    new SplittableRandom(1).nextBytes(rgb);
    return new Frames(count, height, width, rgb);
  }
}

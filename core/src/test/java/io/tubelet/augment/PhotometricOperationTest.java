package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.Frames;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PhotometricOperationTest {

  private static Frames picture(int height, int width, int... rgb) {
    byte[] bytes = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      bytes[i] = (byte) rgb[i];
    }
    return new Frames(1, height, width, bytes);
  }

  private static int[] changed(Frames frames, PhotometricOperation operation, double amount) {
    byte[] rgb = new PhotometricChange(operation, amount).apply(frames).rgb();
    int[] values = new int[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = rgb[i] & 0xff;
    }
    return values;
  }

  private static Frames noise(int count, int height, int width) {
    byte[] rgb = new byte[count * height * width * 3];
    new SplittableRandom(4).nextBytes(rgb);
    return new Frames(count, height, width, rgb);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "0.5, 50, 20, 100", "1, 100, 40, 200", "1.4, 140, 56, 255"})
  void brightness_isAFactorOfEachValue(double amount, int red, int green, int blue) {
    assertThat(changed(picture(1, 1, 100, 40, 200), PhotometricOperation.BRIGHTNESS, amount))
        .containsExactly(red, green, blue);
  }

  /** Greys of 40 and 160: their mean is 100. */
  @ParameterizedTest
  @CsvSource({"0, 100, 100", "0.5, 70, 130", "1, 40, 160", "1.5, 10, 190"})
  void contrast_isAFactorOfTheDistanceFromTheMeanGrey(double amount, int dark, int light) {
    Frames two = picture(1, 2, 40, 40, 40, 160, 160, 160);
    assertThat(changed(two, PhotometricOperation.CONTRAST, amount))
        .containsExactly(dark, dark, dark, light, light, light);
  }

  /** 0.299 x 200 + 0.587 x 100 + 0.114 x 50 = 124.2. */
  @ParameterizedTest
  @CsvSource({"0, 124, 124, 124", "0.5, 162, 112, 87", "1, 200, 100, 50"})
  void saturation_isAFactorOfTheDistanceFromGrey(double amount, int red, int green, int blue) {
    assertThat(changed(picture(1, 1, 200, 100, 50), PhotometricOperation.SATURATION, amount))
        .containsExactly(red, green, blue);
  }

  /** A third of the circle takes red to green, green to blue and blue to red. */
  @ParameterizedTest
  @CsvSource({
    "0, 200, 80, 20",
    "0.33333333, 20, 200, 80",
    "-0.33333333, 80, 20, 200",
    "1, 200, 80, 20",
    "0.5, 20, 140, 200",
    "-0.5, 20, 140, 200"
  })
  void hue_isTurnedAlongItsCircle(double amount, int red, int green, int blue) {
    assertThat(changed(picture(1, 1, 200, 80, 20), PhotometricOperation.HUE, amount))
        .containsExactly(red, green, blue);
  }

  /** Half a sextant from pure red on the way to yellow, and the other way to magenta. */
  @Test
  void hue_betweenTwoColours_isOnTheWay() {
    Frames red = picture(1, 1, 240, 0, 0);
    assertThat(changed(red, PhotometricOperation.HUE, 1 / 12.0)).containsExactly(240, 120, 0);
    assertThat(changed(red, PhotometricOperation.HUE, -1 / 12.0)).containsExactly(240, 0, 120);
  }

  @Test
  void hue_anyPicture_keepsLargestAndSmallestOfEachPixelAndComesBack() {
    Frames clip = noise(1, 16, 16);
    byte[] turned = new PhotometricChange(PhotometricOperation.HUE, 0.27).apply(clip).rgb();
    for (int i = 0; i < turned.length; i += 3) {
      int[] before = sorted(clip.rgb(), i);
      int[] after = sorted(turned, i);
      assertThat(after[0]).isEqualTo(before[0]);
      assertThat(after[2]).isEqualTo(before[2]);
    }
    assertThat(turned).isNotEqualTo(clip.rgb());
    assertThat(new PhotometricChange(PhotometricOperation.HUE, 0).apply(clip).rgb())
        .isEqualTo(clip.rgb());
  }

  private static int[] sorted(byte[] rgb, int at) {
    int[] values = {rgb[at] & 0xff, rgb[at + 1] & 0xff, rgb[at + 2] & 0xff};
    Arrays.sort(values);
    return values;
  }

  @Test
  void greyscale_isTheWeightedMeanOfThePixel() {
    assertThat(changed(picture(1, 1, 200, 100, 50), PhotometricOperation.GREYSCALE, 0))
        .containsExactly(124, 124, 124);
  }

  @Test
  void solarise_invertsFromTheThresholdOn() {
    assertThat(changed(picture(1, 1, 127, 128, 255), PhotometricOperation.SOLARISE, 128))
        .containsExactly(127, 127, 0);
  }

  /** One white pixel becomes the product of two Gaussians; sigma 1 is cut at 3 pixels. */
  @Test
  void blur_ofAPoint_isTheGaussian() {
    int size = 9;
    int[] rgb = new int[size * size * 3];
    Arrays.fill(rgb, (4 * size + 4) * 3, (4 * size + 4) * 3 + 3, 255);
    int[] blurred = changed(picture(size, size, rgb), PhotometricOperation.BLUR, 1);

    double sum = 0;
    for (int k = -3; k <= 3; k++) {
      sum += Math.exp(-k * k / 2.0);
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int dy = y - 4;
        int dx = x - 4;
        boolean reached = Math.abs(dy) <= 3 && Math.abs(dx) <= 3;
        double expected = reached ? 255 * Math.exp(-(dy * dy + dx * dx) / 2.0) / sum / sum : 0;
        assertThat(blurred[(y * size + x) * 3])
            .as("row %d, column %d", y, x)
            .isEqualTo((int) Math.round(expected));
      }
    }
  }

  @Test
  void blur_frameOfOneColour_changesNothingUpToTheEdge() {
    int[] rgb = new int[5 * 7 * 3];
    Arrays.fill(rgb, 93);
    assertThat(changed(picture(5, 7, rgb), PhotometricOperation.BLUR, 2)).containsOnly(93);
  }

  @Test
  void blur_withoutWidth_isRefused() {
    assertThatThrownBy(() -> new GaussianKernel(0)).hasMessageContaining("sigma");
  }

  /** A clip is nothing but its frames, and what it was made of stays as it is. */
  @ParameterizedTest
  @EnumSource(PhotometricOperation.class)
  void apply_framesTogether_isEachFrameAlone(PhotometricOperation operation) {
    Frames clip = noise(3, 6, 5);
    byte[] before = clip.rgb().clone();
    PhotometricChange change = new PhotometricChange(operation, 0.4);
    byte[] together = change.apply(clip).rgb();
    for (int t = 0; t < clip.count(); t++) {
      byte[] one = Arrays.copyOfRange(clip.rgb(), clip.offset(t), clip.offset(t + 1));
      assertThat(change.apply(new Frames(1, 6, 5, one)).rgb())
          .isEqualTo(Arrays.copyOfRange(together, clip.offset(t), clip.offset(t + 1)));
    }
    assertThat(clip.rgb()).isEqualTo(before);
  }

  @Test
  void apply_several_areDoneInTheirOrder() {
    Frames pixel = picture(1, 1, 100, 40, 200);
    List<PhotometricChange> changes =
        List.of(
            new PhotometricChange(PhotometricOperation.BRIGHTNESS, 0.5), // 50, 20, 100
            new PhotometricChange(PhotometricOperation.SOLARISE, 60)); // 50, 20, 155
    assertThat(PhotometricChange.apply(pixel, changes).rgb())
        .containsExactly((byte) 50, (byte) 20, (byte) 155);
    assertThat(PhotometricChange.apply(pixel, List.of())).isSameAs(pixel);
  }
}

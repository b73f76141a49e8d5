package io.tubelet.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The formulas of both papers' code, applied forwards here and undone by the class under test. */
class TargetScaleTest {

  private static final Offset<Double> EXACT = within(1e-6);

  /** Two pixels, channel fastest. */
  private static final float[] PIXELS = {0.1f, 0.5f, 0.9f, 0.3f, 0.4f, 0.2f};

  @Test
  void patchNormalised_undoesTheJointNormalisationInInputSpace() {
    double mean = 0;
    for (float p : PIXELS) {
      mean += (p - 0.45) / 0.225 / PIXELS.length;
    }
    double var = 0;
    for (float p : PIXELS) {
      var += Math.pow((p - 0.45) / 0.225 - mean, 2) / (PIXELS.length - 1);
    }
    PixelScale scale = new TargetScale.PatchNormalised(PixelScale.grey(0.45, 0.225)).of(PIXELS);
    for (int i = 0; i < PIXELS.length; i++) {
      double target = ((PIXELS[i] - 0.45) / 0.225 - mean) / Math.sqrt(var + 1e-6);
      assertThat(scale.centre()[i % 3] + scale.gain()[i % 3] * target).isCloseTo(PIXELS[i], EXACT);
    }
  }

  @Test
  void channelNormalised_undoesEachChannelByItself() {
    PixelScale scale = new TargetScale.ChannelNormalised().of(PIXELS);
    for (int c = 0; c < 3; c++) {
      double mean = (PIXELS[c] + PIXELS[c + 3]) / 2.0;
      double var = Math.pow(PIXELS[c] - mean, 2) + Math.pow(PIXELS[c + 3] - mean, 2);
      double target = (PIXELS[c] - mean) / (Math.sqrt(var) + 1e-6);
      assertThat(scale.centre()[c]).isCloseTo(mean, EXACT);
      assertThat(scale.centre()[c] + scale.gain()[c] * target).isCloseTo(PIXELS[c], EXACT);
    }
  }

  @Test
  void flatPatch_isUndoneToItsColour() {
    float[] flat = {0.4f, 0.4f, 0.4f, 0.4f, 0.4f, 0.4f};
    assertThat(new TargetScale.PatchNormalised(PixelScale.grey(0.45, 0.225)).of(flat).pixel(0, 0f))
        .isEqualTo((byte) 102);
    assertThat(new TargetScale.ChannelNormalised().of(flat).pixel(2, 0f)).isEqualTo((byte) 102);
  }

  @Test
  void rawPixels_needNoStatistics() {
    TargetScale raw = new TargetScale.RawPixels(PixelScale.grey(0.45, 0.225));
    assertThat(raw.of(new float[0]).pixel(1, 1f)).isEqualTo((byte) Math.round(255 * 0.675));
    assertThat(raw.withoutStatistics().pixel(1, 1f)).isEqualTo((byte) Math.round(255 * 0.675));
    assertThat(raw.modes()).containsExactly(Denormalisation.RAW_PREDICTION);
    assertThat(new TargetScale.ChannelNormalised().modes())
        .containsExactly(Denormalisation.values());
  }

  @Test
  void pixelBeyondBlackOrWhite_isClamped() {
    PixelScale scale = PixelScale.grey(0.5, 0.25);
    assertThat(scale.pixel(0, -9f)).isEqualTo((byte) 0);
    assertThat(scale.pixel(0, 9f)).isEqualTo((byte) 255);
  }
}

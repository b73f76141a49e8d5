package io.tubelet.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.mask.Mask;
import io.tubelet.mask.RandomMasking;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictedPixelsTest {

  private static final ClipShape SHAPE = new ClipShape(4, 16, 24, 2, 8);
  private static final Frames CLIP = Clips.movingDisc(SHAPE);
  private static final Mask MASK = new RandomMasking(0.75).draw(SHAPE, new SplittableRandom(1));

  static Stream<TargetScale> targets() {
    return Stream.of(
        new TargetScale.RawPixels(PixelScale.grey(0.45, 0.225)),
        new TargetScale.PatchNormalised(PixelScale.grey(0.45, 0.225)),
        new TargetScale.ChannelNormalised());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void perfectPrediction_withTrueStatistics_givesTheOriginalBack(TargetScale target) {
    int[] all = Clips.allFrames(SHAPE);
    float[][] perfect = Clips.targets(CLIP, SHAPE, MASK.hidden(), all, target);
    Frames shown =
        new PredictedPixels(SHAPE, all, target)
            .of(perfect, CLIP, MASK, Denormalisation.TRUE_STATISTICS);
    assertThat(pasted(shown).rgb()).isEqualTo(CLIP.rgb());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void visibleTokens_stayGrey(TargetScale target) {
    int[] all = Clips.allFrames(SHAPE);
    float[][] perfect = Clips.targets(CLIP, SHAPE, MASK.hidden(), all, target);
    Frames shown =
        new PredictedPixels(SHAPE, all, target)
            .of(perfect, CLIP, MASK, Denormalisation.RAW_PREDICTION);
    var grid = new TokenGrid(SHAPE);
    for (int token : MASK.visible()) {
      assertThat(grid.pixels(shown, token, new int[] {grid.slot(token) * 2}))
          .containsOnly(128 / 255f);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void hiddenPixels_areSeenByTrueStatisticsAlone(TargetScale target) {
    int[] all = Clips.allFrames(SHAPE);
    float[][] values = Clips.targets(CLIP, SHAPE, MASK.hidden(), all, target);
    Frames otherHidden = Panel.MASKED.of(reconstruction(CLIP));
    var pixels = new PredictedPixels(SHAPE, all, target);
    for (Denormalisation mode : target.modes()) {
      boolean same =
          Arrays.equals(
              pixels.of(values, CLIP, MASK, mode).rgb(),
              pixels.of(values, otherHidden, MASK, mode).rgb());
      assertThat(same).as(mode.label()).isEqualTo(mode != Denormalisation.TRUE_STATISTICS);
    }
  }

  @Test
  void visibleStatistics_ofAnEvenClip_areExact() {
    byte[] rgb = new byte[SHAPE.bytes()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (100 + 10 * (i % 3) + (i / 3) % 2); // the same in every token
    }
    var even = new Frames(SHAPE.frames(), SHAPE.height(), SHAPE.width(), rgb);
    var target = new TargetScale.ChannelNormalised();
    int[] all = Clips.allFrames(SHAPE);
    Frames shown =
        new PredictedPixels(SHAPE, all, target)
            .of(
                Clips.targets(even, SHAPE, MASK.hidden(), all, target),
                even,
                MASK,
                Denormalisation.VISIBLE_STATISTICS);
    var grid = new TokenGrid(SHAPE);
    for (int token : MASK.hidden()) {
      int[] frames = {grid.slot(token) * 2};
      assertThat(grid.pixels(shown, token, frames)).isEqualTo(grid.pixels(even, token, frames));
    }
  }

  @Test
  void framesWithoutPrediction_repeatTheNearestPredicted() {
    ClipShape shape = new ClipShape(6, 8, 8, 3, 8);
    Mask mask = new Mask(new int[] {1}, new int[] {0});
    float[][] values = new float[1][8 * 8 * 3];
    Arrays.fill(values[0], 0.8f);
    Frames clip = Clips.movingDisc(shape);
    Frames shown =
        new PredictedPixels(
                shape, new int[] {2, 4}, new TargetScale.RawPixels(PixelScale.grey(0, 1)))
            .of(values, clip, mask, Denormalisation.RAW_PREDICTION);
    for (int frame = 0; frame < 3; frame++) {
      assertThat(shown.rgb()[shown.offset(frame)]).isEqualTo((byte) 204);
    }
    assertThat(shown.rgb()[shown.offset(3)]).isEqualTo((byte) 128);
  }

  @Test
  void perfectPredictionOfSomeFrames_isExactInThose() {
    int[] some = {0, 3}; // the official rule for two of four frames
    var target = new TargetScale.PatchNormalised(PixelScale.grey(0.45, 0.225));
    Frames shown =
        new PredictedPixels(SHAPE, some, target)
            .of(
                Clips.targets(CLIP, SHAPE, MASK.hidden(), some, target),
                CLIP,
                MASK,
                Denormalisation.TRUE_STATISTICS);
    var grid = new TokenGrid(SHAPE);
    for (int token : MASK.hidden()) {
      int[] predicted = {some[grid.slot(token)]};
      assertThat(grid.pixels(shown, token, predicted))
          .isEqualTo(grid.pixels(CLIP, token, predicted));
    }
  }

  @Test
  void predictedFramesMissingInASlot_areRefused() {
    assertThatThrownBy(
            () ->
                new PredictedPixels(
                    SHAPE, new int[] {0, 1}, new TargetScale.RawPixels(PixelScale.grey(0, 1))))
        .hasMessageContaining("equally many in each of 2 slots of 2 frames, got [0, 1]");
  }

  @Test
  void valuesOfAnotherShape_areRefusedWithBothShapes() {
    var pixels =
        new PredictedPixels(
            SHAPE, Clips.allFrames(SHAPE), new TargetScale.RawPixels(PixelScale.grey(0, 1)));
    float[][] tooFew = new float[MASK.hidden().length][192];
    assertThatThrownBy(() -> pixels.of(tooFew, CLIP, MASK, Denormalisation.RAW_PREDICTION))
        .hasMessage("values: expected [9, 384], got [9, 192]");
  }

  private static Frames pasted(Frames shown) {
    return Panel.RECONSTRUCTION.of(reconstruction(shown));
  }

  private static ReconstructedClip reconstruction(Frames prediction) {
    return new ReconstructedClip(
        CLIP,
        SHAPE,
        MASK,
        prediction,
        Clips.allFrames(SHAPE),
        Denormalisation.TRUE_STATISTICS,
        "random",
        0.75);
  }
}

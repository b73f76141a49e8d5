package io.tubelet.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MotionMaskingTest {
  private static final ClipShape VIT = new ClipShape(16, 224, 224, 2, 16);
  private static final int DRAWS = 400;

  /** The upper half of every slot moves, the lower is still. */
  private static double[] upperHalfMoves() {
    double[] motion = new double[VIT.tokens()];
    for (int token = 0; token < motion.length; token++) {
      motion[token] = isUpper(token) ? 5 : 0;
    }
    return motion;
  }

  private static boolean isUpper(int token) {
    return token % VIT.tokensPerSlot() < VIT.tokensPerSlot() / 2;
  }

  private static double visibleShareAbove(Masking masking, double[] motion) {
    SplittableRandom rng = new SplittableRandom(11);
    long above = 0;
    long all = 0;
    for (int i = 0; i < DRAWS; i++) {
      int[] visible = masking.draw(VIT, motion, rng).visible();
      above += IntStream.of(visible).filter(MotionMaskingTest::isUpper).count();
      all += visible.length;
    }
    return (double) above / all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 30, 1e6})
  void draw_anyStrength_keepsAsManyAsRandomMaskingDoes(double strength) {
    Mask mask =
        new MotionMasking(0.9, strength).draw(VIT, upperHalfMoves(), new SplittableRandom(1));
    assertThat(mask.visible()).hasSize(156);
    assertThat(mask.hidden()).hasSize(1412);
  }

  @Test
  void draw_movingTokens_areHiddenMoreOftenTheStronger() {
    double weak = visibleShareAbove(new MotionMasking(0.75, 1), upperHalfMoves());
    double strong = visibleShareAbove(new MotionMasking(0.75, 8), upperHalfMoves());
    assertThat(weak).isBetween(0.1, 0.35);
    assertThat(strong).isLessThan(0.06);
  }

  @Test
  void draw_noStrengthOrNoMotion_isLikeRandomMasking() {
    assertThat(visibleShareAbove(new MotionMasking(0.75, 0), upperHalfMoves()))
        .isCloseTo(0.5, within(0.02));
    assertThat(visibleShareAbove(new MotionMasking(0.75, 8), new double[VIT.tokens()]))
        .isCloseTo(0.5, within(0.02));
  }

  /** Two tokens, one hidden: weights 1 and 1 + 2 * 2 of which one is drawn. */
  @Test
  void draw_twoTokens_hidesEachByTheShareOfItsWeight() {
    ClipShape two = new ClipShape(2, 16, 32, 2, 16);
    SplittableRandom rng = new SplittableRandom(3);
    int moving = 0;
    for (int i = 0; i < 6000; i++) {
      moving +=
          new MotionMasking(0.5, 2).draw(two, new double[] {0, 7}, rng).hidden()[0] == 1 ? 1 : 0;
    }
    assertThat(moving / 6000.0).isCloseTo(5 / 6.0, within(0.02)); // 4 deviations
  }

  @Test
  void draw_unitOfMotion_doesNotMatter() {
    double[] metres = Arrays.stream(upperHalfMoves()).map(m -> m / 4096).toArray();
    assertThat(new MotionMasking(0.9, 3).draw(VIT, metres, new SplittableRandom(5)).visible())
        .isEqualTo(
            new MotionMasking(0.9, 3)
                .draw(VIT, upperHalfMoves(), new SplittableRandom(5))
                .visible());
  }

  @Test
  void draw_withDecoderMask_keepsFollowingMotion() {
    Masking dual = new DualMasking(new MotionMasking(0.75, 8), new DecoderMask(0.5));
    assertThat(dual.followsMotion()).isTrue();
    assertThat(visibleShareAbove(dual, upperHalfMoves())).isLessThan(0.06);
  }

  @Test
  void draw_motionOfAnotherClip_isRefusedWithBothNumbers() {
    assertThatThrownBy(
            () -> new MotionMasking(0.9, 3).draw(VIT, new double[4], new SplittableRandom(1)))
        .hasMessageContaining("1568")
        .hasMessageContaining("4");
    assertThatThrownBy(() -> new MotionMasking(0.9, -1)).hasMessageContaining("mask.strength");
  }
}

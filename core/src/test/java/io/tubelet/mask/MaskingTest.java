package io.tubelet.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  private static final ClipShape VIT = new ClipShape(16, 224, 224, 2, 16);

  @Test
  void visibleTokens_papersDefault_areTheOfficialCounts() {
    assertThat(VIT.tokens()).isEqualTo(1568);
    assertThat(new RandomMasking(0.9).visibleTokens(VIT)).isEqualTo(156);
    assertThat(new TubeMasking(0.9).visibleTokens(VIT)).isEqualTo(160);
  }

  @Test
  void draw_sameGeneratorState_givesTheSameMask() {
    for (Masking masking :
        List.of(
            new RandomMasking(0.9),
            new TubeMasking(0.75),
            new FrameMasking(0.75),
            new BlockMasking(0.75),
            new MultiBlockMasking(0.9, 0.15),
            new MotionMasking(0.9, 3))) {
      Mask one = masking.draw(VIT, new SplittableRandom(7));
      Mask two = masking.draw(VIT, new SplittableRandom(7));
      Mask other = masking.draw(VIT, new SplittableRandom(8));
      assertThat(one.visible()).isEqualTo(two.visible()).hasSize(masking.visibleTokens(VIT));
      assertThat(one.visible()).isNotEqualTo(other.visible());
    }
  }

  @Test
  void draw_tube_hidesTheSamePlacesInEverySlot() {
    Mask mask = new TubeMasking(0.75).draw(VIT, new SplittableRandom(1));
    int places = VIT.tokensPerSlot();
    int[] first = IntStream.of(mask.hidden()).filter(t -> t < places).toArray();
    for (int slot = 1; slot < VIT.slots(); slot++) {
      int from = slot * places;
      int[] here =
          IntStream.of(mask.hidden())
              .filter(t -> t >= from && t < from + places)
              .map(t -> t - from)
              .toArray();
      assertThat(here).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.75, 2", "0.875, 1", "0.9, 1", "0.5, 4", "0.99, 1"})
  void draw_frame_keepsWholeSlotsToTheNearestNumber(double ratio, int slots) {
    Masking masking = new FrameMasking(ratio);
    int places = VIT.tokensPerSlot();

    int[] visible = masking.draw(VIT, new SplittableRandom(3)).visible();

    assertThat(visible).hasSize(slots * places).hasSize(masking.visibleTokens(VIT));
    assertThat(IntStream.of(visible).map(t -> t / places).distinct().count()).isEqualTo(slots);
  }

  @Test
  void draw_frame_choosesEverySlotEquallyOften() {
    int[] kept = new int[VIT.slots()];
    SplittableRandom rng = new SplittableRandom(5);
    for (int i = 0; i < 4000; i++) {
      int[] visible = new FrameMasking(0.75).draw(VIT, rng).visible();
      IntStream.of(visible).map(t -> t / VIT.tokensPerSlot()).distinct().forEach(s -> kept[s]++);
    }

    assertThat(IntStream.of(kept)).allMatch(count -> count > 900 && count < 1100); // 1000 +- 27
  }

  @Test
  void ratio_leavesNoVisibleToken_isRefusedWithBothNumbers() {
    ClipShape tiny = new ClipShape(2, 16, 16, 2, 16);
    assertThatThrownBy(() -> new RandomMasking(0.9).visibleTokens(tiny))
        .hasMessageContaining("0.9")
        .hasMessageContaining("0 of 1");
    assertThatThrownBy(() -> new TubeMasking(1.0)).hasMessageContaining("1.0");
  }
}

package io.tubelet.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
    for (Masking masking : new Masking[] {new RandomMasking(0.9), new TubeMasking(0.75)}) {
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

  @Test
  void ratio_leavesNoVisibleToken_isRefusedWithBothNumbers() {
    ClipShape tiny = new ClipShape(2, 16, 16, 2, 16);
    assertThatThrownBy(() -> new RandomMasking(0.9).visibleTokens(tiny))
        .hasMessageContaining("0.9")
        .hasMessageContaining("0 of 1");
    assertThatThrownBy(() -> new TubeMasking(1.0)).hasMessageContaining("1.0");
  }
}

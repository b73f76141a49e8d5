package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ViewAugmentationTest {
  private static final GaussianBlur SELDOM = new GaussianBlur(0.1, 0.1, 2);

  @Test
  void draw_many_hasEachChangeAsOftenAsSaidAndInOrder() {
    ViewAugmentation second = new ViewAugmentation(0.2, SELDOM, 0.3);
    SplittableRandom rng = new SplittableRandom(6);
    Map<PhotometricOperation, Integer> counts = new EnumMap<>(PhotometricOperation.class);
    for (int i = 0; i < 4000; i++) {
      List<PhotometricChange> drawn = second.draw(rng);
      assertThat(drawn).extracting(PhotometricChange::operation).isSorted().doesNotHaveDuplicates();
      for (PhotometricChange change : drawn) {
        counts.merge(change.operation(), 1, Integer::sum);
        if (change.operation() == PhotometricOperation.BLUR) {
          assertThat(change.amount()).isBetween(0.1, 2.0);
        }
      }
    }
    assertThat(counts.get(PhotometricOperation.GREYSCALE)).isBetween(715, 885);
    assertThat(counts.get(PhotometricOperation.BLUR)).isBetween(335, 465);
    assertThat(counts.get(PhotometricOperation.SOLARISE)).isBetween(1100, 1300);
  }

  @Test
  void draw_sameState_givesTheSameList() {
    ViewAugmentation view = new ViewAugmentation(0.5, new GaussianBlur(0.5, 0.1, 2), 0.5);
    assertThat(view.draw(new SplittableRandom(9))).isEqualTo(view.draw(new SplittableRandom(9)));
  }

  @Test
  void views_outOfRange_areRefusedByName() {
    assertThatThrownBy(() -> new ViewAugmentation(1.2, SELDOM, 0))
        .hasMessageContaining("views.greyscale")
        .hasMessageContaining("1.2");
    assertThatThrownBy(() -> new ViewAugmentation(0, SELDOM, -1))
        .hasMessageContaining("views.solarise");
    assertThatThrownBy(() -> new GaussianBlur(0.1, 0, 2)).hasMessageContaining("min-sigma=0");
    assertThatThrownBy(() -> new GaussianBlur(2, 1, 2)).hasMessageContaining("blur.probability");
  }
}

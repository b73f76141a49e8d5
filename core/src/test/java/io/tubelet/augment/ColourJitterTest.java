package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColourJitterTest {
  private static final ColourJitter ALWAYS = new ColourJitter(1, 0.4, 1.5, 0.2, 0.1);

  private static List<List<PhotometricChange>> draws(ColourJitter jitter, int count) {
    SplittableRandom rng = new SplittableRandom(5);
    List<List<PhotometricChange>> draws = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      draws.add(jitter.draw(rng));
    }
    return draws;
  }

  @Test
  void draw_many_liesWithinTheStrengthsInEveryOrder() {
    Set<List<PhotometricOperation>> orders = new HashSet<>();
    double darkest = 2;
    double lightest = 0;
    for (List<PhotometricChange> draw : draws(ALWAYS, 2000)) {
      orders.add(draw.stream().map(PhotometricChange::operation).toList());
      for (PhotometricChange change : draw) {
        switch (change.operation()) {
          case BRIGHTNESS -> {
            assertThat(change.amount()).isBetween(0.6, 1.4);
            darkest = Math.min(darkest, change.amount());
            lightest = Math.max(lightest, change.amount());
          }
          case CONTRAST -> assertThat(change.amount()).isBetween(0.0, 2.5);
          case SATURATION -> assertThat(change.amount()).isBetween(0.8, 1.2);
          case HUE -> assertThat(change.amount()).isBetween(-0.1, 0.1);
          default -> throw new AssertionError(change.operation() + " is no jitter");
        }
      }
    }
    assertThat(orders).hasSize(4 * 3 * 2);
    assertThat(darkest).isCloseTo(0.6, within(0.01));
    assertThat(lightest).isCloseTo(1.4, within(0.01));
  }

  @Test
  void draw_sameState_givesTheSameList() {
    assertThat(draws(ALWAYS, 20)).isEqualTo(draws(ALWAYS, 20));
  }

  @Test
  void draw_someClips_areLeftAlone() {
    long jittered =
        draws(new ColourJitter(0.8, 0.4, 0.4, 0.2, 0.1), 2000).stream()
            .filter(draw -> !draw.isEmpty())
            .count();
    assertThat(jittered).isBetween(1540L, 1660L); // 1600 +- 3.4 deviations
    assertThat(draws(new ColourJitter(0, 0.4, 0.4, 0.2, 0.1), 100)).allMatch(List::isEmpty);
  }

  @Test
  void draw_strengthOfZero_leavesTheOperationOut() {
    assertThat(draws(new ColourJitter(1, 0, 0, 0.5, 0), 5))
        .allSatisfy(
            draw ->
                assertThat(draw)
                    .singleElement()
                    .extracting(PhotometricChange::operation)
                    .isEqualTo(PhotometricOperation.SATURATION));
  }

  @Test
  void colourJitter_outOfRange_isRefusedByName() {
    assertThatThrownBy(() -> new ColourJitter(1.5, 0, 0, 0, 0))
        .hasMessageContaining("colour-jitter.probability")
        .hasMessageContaining("1.5");
    assertThatThrownBy(() -> new ColourJitter(1, 0, -0.1, 0, 0))
        .hasMessageContaining("colour-jitter.contrast");
    assertThatThrownBy(() -> new ColourJitter(1, 0, 0, 0, 0.6))
        .hasMessageContaining("colour-jitter.hue")
        .hasMessageContaining("0.6");
  }
}

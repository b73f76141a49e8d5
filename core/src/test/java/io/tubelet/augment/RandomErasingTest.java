package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.clip.CropBox;
import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomErasingTest {

  @Test
  void draw_officialDraws_giveTheOfficialBoxes() throws IOException {
    JsonNode cases = ClipFixtures.json("random_boxes.json").get("random_erasing_cube");
    assertThat(cases).isNotEmpty();
    for (JsonNode one : cases) {
      RandomErasing erasing =
          new RandomErasing(
              one.get("probability").asDouble(),
              one.get("min_area").asDouble(),
              one.get("max_area").asDouble(),
              one.get("min_aspect").asDouble());
      OfficialDraws draws = new OfficialDraws(one.get("draws"));
      Optional<CropBox> box =
          erasing.draw(
              one.get("frames_hw").get(1).asInt(), one.get("frames_hw").get(2).asInt(), draws);
      assertThat(box).as(one.toString()).isEqualTo(official(one.get("box_top_left_h_w")));
      draws.assertUsedUp();
    }
  }

  private static Optional<CropBox> official(JsonNode box) {
    if (box.isNull()) {
      return Optional.empty();
    }
    int[] b = ClipFixtures.ints(box);
    return Optional.of(new CropBox(b[0], b[1], b[2], b[3]));
  }

  @Test
  void draw_many_erasesItsShareInsideTheFrame() {
    RandomErasing erasing = RandomErasing.of(0.25);
    SplittableRandom rng = new SplittableRandom(4);
    int erased = 0;
    for (int i = 0; i < 10_000; i++) {
      Optional<CropBox> box = erasing.draw(112, 200, rng);
      if (box.isPresent()) {
        erased++;
        CropBox b = box.orElseThrow();
        assertThat(b.height()).isLessThan(112);
        assertThat(b.width()).isLessThan(200);
        assertThat(b.top() + b.height()).isLessThanOrEqualTo(112);
        assertThat(b.left() + b.width()).isLessThanOrEqualTo(200);
        assertThat(b.height() * b.width() / (112.0 * 200)).isBetween(0.018, 0.345);
        assertThat((double) b.height() / b.width()).isBetween(0.27, 3.7);
      }
    }
    assertThat(erased / 10_000.0).isCloseTo(0.25, within(0.02));
  }

  @Test
  void draw_probabilityAtTheEnds_isObserved() {
    SplittableRandom rng = new SplittableRandom(4);
    for (int i = 0; i < 200; i++) {
      assertThat(RandomErasing.of(0).draw(64, 64, rng)).isEmpty();
      assertThat(RandomErasing.of(1).draw(64, 64, rng)).isPresent();
    }
  }

  @Test
  void draw_frameOfAPixel_erasesNothing() {
    SplittableRandom rng = new SplittableRandom(4);
    for (int i = 0; i < 50; i++) {
      assertThat(RandomErasing.of(1).draw(1, 1, rng)).isEmpty();
    }
  }

  @Test
  void settings_outOfRange_areRefusedWithTheirNumbers() {
    assertThatThrownBy(() -> RandomErasing.of(1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> RandomErasing.of(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new RandomErasing(0.25, 0.5, 0.2, 0.3))
        .hasMessageContaining("0.5")
        .hasMessageContaining("0.2");
    assertThatThrownBy(() -> new RandomErasing(0.25, 0.02, 0.3, 0)).hasMessageContaining("aspect");
  }
}

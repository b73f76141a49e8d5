package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.clip.CropBox;
import io.tubelet.config.ConfigFormat;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixConfigTest {
  private static final MixConfig OFFICIAL = new MixConfig(0.8, 1, 1, 0.5);

  @Test
  void cutmix_officialCentres_giveTheOfficialBoxesAndShares() throws IOException {
    JsonNode cases = ClipFixtures.json("mixup.json").get("cutmix_boxes");
    assertThat(cases).isNotEmpty();
    for (JsonNode one : cases) {
      MixDraw draw =
          MixDraw.cutmix(
              one.get("lam").asDouble(),
              one.get("center_y").asInt(),
              one.get("center_x").asInt(),
              one.get("hw").get(0).asInt(),
              one.get("hw").get(1).asInt());
      double lambda = one.get("lam_corrected").asDouble();
      assertThat(draw.lambda()).as(one.toString()).isCloseTo(lambda, within(1e-15));
      if (lambda == 1) { // the official box has no height
        assertThat(draw).isEqualTo(MixDraw.NONE);
      } else {
        int[] b = ClipFixtures.ints(one.get("box_yl_yh_xl_xh"));
        assertThat(((MixDraw.Cutmix) draw).box())
            .as(one.toString())
            .isEqualTo(new CropBox(b[0], b[2], b[1] - b[0], b[3] - b[2]));
      }
    }
  }

  @Test
  void draw_bothOn_switchesEvenly() {
    SplittableRandom rng = new SplittableRandom(4);
    int mixups = 0;
    for (int i = 0; i < 4000; i++) {
      MixDraw draw = OFFICIAL.draw(224, 224, rng);
      assertThat(draw.lambda()).isBetween(0.0, 1.0);
      mixups += draw instanceof MixDraw.Mixup ? 1 : 0;
    }
    assertThat(mixups / 4000.0).isCloseTo(0.5, within(0.03));
  }

  @Test
  void draw_oneOn_isAlwaysThatOne() {
    SplittableRandom rng = new SplittableRandom(4);
    for (int i = 0; i < 100; i++) {
      assertThat(new MixConfig(0.8, 0, 1, 0.5).draw(224, 224, rng))
          .isInstanceOf(MixDraw.Mixup.class);
      assertThat(new MixConfig(0, 1, 1, 0.5).draw(224, 224, rng))
          .isNotInstanceOf(MixDraw.Mixup.class);
      assertThat(MixConfig.NONE.draw(224, 224, rng)).isEqualTo(MixDraw.NONE);
    }
  }

  @Test
  void draw_probability_isObserved() {
    MixConfig rare = new MixConfig(0.8, 0, 0.3, 0.5);
    SplittableRandom rng = new SplittableRandom(4);
    int mixed = 0;
    for (int i = 0; i < 4000; i++) {
      mixed += rare.draw(224, 224, rng) == MixDraw.NONE ? 0 : 1;
    }
    assertThat(mixed / 4000.0).isCloseTo(0.3, within(0.03));
  }

  @Test
  void draw_cutmix_keepsItsBoxInside() {
    SplittableRandom rng = new SplittableRandom(4);
    MixConfig cutmix = new MixConfig(0, 1, 1, 0);
    for (int i = 0; i < 2000; i++) {
      if (cutmix.draw(20, 31, rng) instanceof MixDraw.Cutmix draw) {
        CropBox box = draw.box();
        assertThat(box.top() + box.height()).isLessThanOrEqualTo(20);
        assertThat(box.left() + box.width()).isLessThanOrEqualTo(31);
        assertThat(draw.lambda()).isCloseTo(1 - box.height() * box.width() / 620.0, within(1e-12));
      }
    }
  }

  @Test
  void draw_writtenAndRead_isTheSame() {
    for (MixDraw draw :
        List.of(MixDraw.NONE, MixDraw.mixup(0.25), MixDraw.cutmix(0.3, 5, 7, 10, 14))) {
      assertThat(ConfigFormat.bind(ConfigFormat.tree(draw), MixDraw.class, "")).isEqualTo(draw);
    }
    assertThat(OFFICIAL.draw(32, 32, new SplittableRandom(7)))
        .isEqualTo(OFFICIAL.draw(32, 32, new SplittableRandom(7)));
  }

  /** Mean 1/2 and variance 1 / (4 (2 a + 1)), the same on both sides of one half. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.2, 0.8, 1, 2.5, 40})
  void beta_many_hasItsMoments(double alpha) {
    SplittableRandom rng = new SplittableRandom(9);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    double cubes = 0;
    for (int i = 0; i < n; i++) {
      double x = SymmetricBeta.draw(alpha, rng) - 0.5;
      assertThat(x).isBetween(-0.5, 0.5);
      sum += x;
      squares += x * x;
      cubes += x * x * x;
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    assertThat(sum / n).isCloseTo(0, within(5 * Math.sqrt(variance / n)));
    assertThat(squares / n).isCloseTo(variance, within(0.02 * variance));
    assertThat(cubes / n).isCloseTo(0, within(0.02 * variance));
  }

  /** Beta(1, 1) is uniform: a tenth of the numbers in each tenth. */
  @Test
  void beta_alphaOne_isUniform() {
    SplittableRandom rng = new SplittableRandom(9);
    int[] tenths = new int[10];
    for (int i = 0; i < 50_000; i++) {
      tenths[(int) (SymmetricBeta.draw(1, rng) * 10)]++;
    }
    for (int count : tenths) {
      assertThat(count).isBetween(4700, 5300);
    }
  }

  @Test
  void settings_outOfRange_areRefusedByName() {
    assertThatThrownBy(() -> new MixConfig(-1, 0, 1, 0.5))
        .hasMessageContaining("mixup-alpha")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new MixConfig(0, Double.NaN, 1, 0.5)).hasMessageContaining("cutmix");
    assertThatThrownBy(() -> new MixConfig(0.8, 1, 2, 0.5)).hasMessageContaining("probability");
    assertThatThrownBy(() -> new MixConfig(0.8, 1, 1, -0.5)).hasMessageContaining("switch");
    assertThatThrownBy(() -> new MixDraw.Mixup(1.2)).hasMessageContaining("1.2");
  }
}

package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.Frames;
import io.tubelet.config.ConfigException;
import io.tubelet.config.ConfigFormat;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandAugmentTest {
  private static final RandAugment OFFICIAL = RandAugment.parse("rand-m7-n4-mstd0.5-inc1");

  @Test
  void parse_officialTexts_giveTheirSettings() {
    assertThat(OFFICIAL).isEqualTo(new RandAugment(7, 4, 0.5, true));
    assertThat(RandAugment.parse("rand-m7-mstd0.5-inc1"))
        .isEqualTo(new RandAugment(7, 2, 0.5, true));
    assertThat(RandAugment.parse("rand")).isEqualTo(new RandAugment(10, 2, 0, false));
    assertThat(RandAugment.parse("rand-inc0").increasing()).isTrue();
    assertThat(RandAugment.parse("none")).isEqualTo(RandAugment.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rand-m7-n4-mstd0.5-inc1", "rand-m9-n2-mstd0", "rand-m0-n1-mstd0.00001", "none"})
  void toString_ofWhatWasRead_isTheText(String text) {
    assertThat(RandAugment.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "rand-m7-std0.5, std0.5",
    "rand-m7-foo, foo",
    "rand-m7-, ''",
    "rand-w0, w0",
    "augmix-m3, augmix",
    "rand-m7-m8, given twice",
    "rand-m7.5, not a number",
    "rand-mstd0x, not a number",
    "rand-m11, 11",
    "'', begin with 'rand'"
  })
  void parse_whatIsNotKnown_isRefusedByName(String text, String named) {
    assertThatThrownBy(() -> RandAugment.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> new RandAugment(7, -1, 0.5, true)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new RandAugment(7, 2, Double.NaN, true)).hasMessageContaining("NaN");
  }

  @Test
  void draw_many_hasTheOfficialFrequencies() {
    SplittableRandom rng = new SplittableRandom(3);
    Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
    int applied = 0;
    int negated = 0;
    int signed = 0;
    double sum = 0;
    double squares = 0;
    int clips = 30_000;
    for (int i = 0; i < clips; i++) {
      List<AppliedOperation> drawn = OFFICIAL.draw(rng);
      assertThat(drawn.size()).isLessThanOrEqualTo(4);
      for (AppliedOperation one : drawn) {
        counts.merge(one.operation(), 1, Integer::sum);
        applied++;
        signed += one.operation().signed() ? 1 : 0;
        negated += one.negated() ? 1 : 0;
        sum += one.magnitude();
        squares += one.magnitude() * one.magnitude();
      }
    }
    double mean = sum / applied;
    assertThat(applied / (4.0 * clips)).isCloseTo(0.5, within(0.01));
    assertThat(mean).isCloseTo(7, within(0.01));
    assertThat(Math.sqrt(squares / applied - mean * mean)).isCloseTo(0.5, within(0.01));
    assertThat((double) negated / signed).isCloseTo(0.5, within(0.02));
    assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(Operation.INCREASING);
    for (int count : counts.values()) {
      assertThat(count / (double) applied).isCloseTo(1 / 15.0, within(0.005));
    }
  }

  @Test
  void draw_magnitudeAtTheEdge_isCut() {
    RandAugment strongest = new RandAugment(10, 3, 2, false);
    SplittableRandom rng = new SplittableRandom(3);
    Set<Double> magnitudes = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      strongest.draw(rng).forEach(one -> magnitudes.add(one.magnitude()));
    }
    assertThat(magnitudes).contains(10.0).allMatch(m -> m >= 0 && m <= 10).hasSizeGreaterThan(50);
  }

  @Test
  void draw_writtenAndRead_givesTheSamePixels() {
    List<AppliedOperation> drawn = OFFICIAL.draw(new SplittableRandom(12));
    assertThat(drawn).isNotEmpty().isEqualTo(OFFICIAL.draw(new SplittableRandom(12)));
    JsonNode written = ConfigFormat.tree(drawn);
    List<AppliedOperation> read =
        written
            .valueStream()
            .map(one -> ConfigFormat.bind(one, AppliedOperation.class, ""))
            .toList();
    assertThat(read).isEqualTo(drawn);
    byte[] rgb = new byte[2 * 12 * 10 * 3];
    new SplittableRandom(1).nextBytes(rgb);
    Frames clip = new Frames(2, 12, 10, rgb);
    assertThat(RandAugment.apply(clip, read).rgb())
        .isEqualTo(RandAugment.apply(clip, drawn).rgb())
        .isNotEqualTo(rgb);
    assertThat(RandAugment.apply(clip, List.of())).isSameAs(clip);
  }

  private record Recipe(RandAugment randAugment, RandomErasing erasing, MixConfig mix) {}

  @Test
  void records_inARecipe_bindAndAreWrittenBack() {
    Recipe recipe = new Recipe(OFFICIAL, RandomErasing.of(0.25), new MixConfig(0.8, 1, 1, 0.5));
    JsonNode tree = ConfigFormat.tree(recipe);
    assertThat(tree.get("rand-augment").asText()).isEqualTo("rand-m7-n4-mstd0.5-inc1");
    assertThat(tree.get("erasing").get("min-area").asDouble()).isEqualTo(0.02);
    assertThat(tree.get("mix").get("switch-probability").asDouble()).isEqualTo(0.5);
    assertThat(ConfigFormat.bind(tree, Recipe.class, "recipe")).isEqualTo(recipe);
  }

  @Test
  void records_withASlip_areRefusedInOneSentence() {
    JsonNode tree = ConfigFormat.tree(Map.of("rand-augment", "rand-m7-std0.5"));
    assertThatThrownBy(
            () -> ConfigFormat.bind(tree.get("rand-augment"), RandAugment.class, "r.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("r.yaml")
        .hasMessageContaining("std0.5");
  }
}

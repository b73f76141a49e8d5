package io.tubelet.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockMaskingTest {
  private static final ClipShape VIT = new ClipShape(16, 224, 224, 2, 16);

  /** 8 x 3 x 5 places: no side divides another. */
  private static final ClipShape OBLONG = new ClipShape(16, 48, 80, 2, 16);

  @ParameterizedTest
  @CsvSource({"0.75, 392", "0.9, 156", "0.5, 784", "0.99, 15"})
  void draw_block_keepsExactlyTheTruncatedShare(double ratio, int visible) {
    Masking masking = new BlockMasking(ratio);
    assertThat(masking.visibleTokens(VIT)).isEqualTo(visible);
    for (int seed = 0; seed < 50; seed++) {
      Mask mask = masking.draw(VIT, new SplittableRandom(seed));
      assertThat(mask.visible()).hasSize(visible);
      assertThat(all(mask)).isEqualTo(everyToken(VIT));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.75, 0.15, 392", "0.9, 0.15, 160", "0.9, 0.7, 160", "0.5, 0.7, 784", "0.5, 1, 784"})
  void draw_multiBlock_keepsAsManyAsTubes(double ratio, double area, int visible) {
    Masking masking = new MultiBlockMasking(ratio, area);
    assertThat(masking.visibleTokens(VIT))
        .isEqualTo(visible)
        .isEqualTo(new TubeMasking(ratio).visibleTokens(VIT));
    Mask mask = masking.draw(VIT, new SplittableRandom(2));
    assertThat(mask.visible()).hasSize(visible);
    assertThat(all(mask)).isEqualTo(everyToken(VIT));
  }

  @Test
  void draw_multiBlock_hidesTheSamePlacesInEverySlot() {
    Mask mask = new MultiBlockMasking(0.75, 0.15).draw(VIT, new SplittableRandom(1));
    int places = VIT.tokensPerSlot();
    BitSet hidden = bits(mask.hidden());
    IntStream.range(0, VIT.tokens())
        .forEach(t -> assertThat(hidden.get(t)).isEqualTo(hidden.get(t % places)));
  }

  /** What distinguishes blocks from scattered tokens: neighbours mostly share their fate. */
  @Test
  void draw_blocks_hideNeighboursTogether() {
    double scattered = meanNeighboursAlike(new RandomMasking(0.75));
    assertThat(scattered).isBetween(0.61, 0.64); // 0.75^2 + 0.25^2
    assertThat(meanNeighboursAlike(new BlockMasking(0.75))).isGreaterThan(0.85);
    assertThat(meanNeighboursAlike(new MultiBlockMasking(0.75, 0.15))).isGreaterThan(0.8);
    assertThat(meanNeighboursAlike(new MultiBlockMasking(0.75, 0.7))).isGreaterThan(0.85);
  }

  /** Some slots must differ from others: blocks end in time, tubes do not. */
  @Test
  void draw_block_beginsAndEndsInTime() {
    Mask mask = new BlockMasking(0.75).draw(VIT, new SplittableRandom(3));
    int places = VIT.tokensPerSlot();
    BitSet hidden = bits(mask.hidden());
    assertThat(
            IntStream.range(places, VIT.tokens())
                .filter(t -> hidden.get(t) != hidden.get(t - places))
                .count())
        .isPositive();
  }

  @Test
  void draw_picturesThatAreNotSquare_areCoveredToo() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom rng = new SplittableRandom(seed);
      assertThat(all(new BlockMasking(0.75).draw(OBLONG, rng))).isEqualTo(everyToken(OBLONG));
      assertThat(all(new MultiBlockMasking(0.75, 0.15).draw(OBLONG, rng)))
          .isEqualTo(everyToken(OBLONG));
    }
  }

  @Test
  void add_cuboidLargerThanWhatIsLeft_isCutSlotBySlotAndRowByRow() {
    ClipShape shape = new ClipShape(2, 4, 4, 1, 1);
    CuboidUnion union = new CuboidUnion(shape, 7);
    union.add(new Cuboid(0, 1, 1, 2, 2, 3)); // 12 tokens, 7 wanted: one slot of 6 and one more
    assertThat(union.isComplete()).isTrue();
    assertThat(Mask.ofHidden(union.hidden()).hidden()).containsExactly(5, 6, 7, 9, 10, 11, 16 + 5);
  }

  @Test
  void draw_cuboid_hasTheAreaAndAspectAskedFor() {
    Cuboid cuboid = Cuboid.draw(VIT, 3, 36 / 196.0, 9 / 4.0, new SplittableRandom(0));
    assertThat(new int[] {cuboid.slots(), cuboid.rows(), cuboid.columns()})
        .containsExactly(3, 9, 4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.5, Double.NaN})
  void blockArea_outsideItsRange_isRefusedByName(double area) {
    assertThatThrownBy(() -> new MultiBlockMasking(0.75, area))
        .hasMessageContaining("mask.block-area")
        .hasMessageContaining(Double.toString(area));
  }

  /** The share of pairs side by side in a row that are both hidden or both visible. */
  private static double meanNeighboursAlike(Masking masking) {
    int alike = 0;
    int pairs = 0;
    SplittableRandom rng = new SplittableRandom(11);
    for (int i = 0; i < 40; i++) {
      BitSet hidden = bits(masking.draw(VIT, rng).hidden());
      for (int token = 1; token < VIT.tokens(); token++) {
        if (token % VIT.columns() != 0) {
          pairs++;
          alike += hidden.get(token) == hidden.get(token - 1) ? 1 : 0;
        }
      }
    }
    return (double) alike / pairs;
  }

  private static int[] all(Mask mask) {
    return IntStream.concat(IntStream.of(mask.visible()), IntStream.of(mask.hidden()))
        .sorted()
        .toArray();
  }

  private static int[] everyToken(ClipShape shape) {
    return IntStream.range(0, shape.tokens()).toArray();
  }

  private static BitSet bits(int[] tokens) {
    BitSet bits = new BitSet();
    IntStream.of(tokens).forEach(bits::set);
    return bits;
  }
}

package io.tubelet.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderMaskTest {
  private static final ClipShape VIT = new ClipShape(16, 224, 224, 2, 16);

  /** One slot more than cells need, sides that they do not divide. */
  private static final ClipShape ODD = new ClipShape(10, 48, 80, 2, 16);

  private static Masking tubes(double ratio, double spared) {
    return new DualMasking(new TubeMasking(ratio), new DecoderMask(spared));
  }

  /** The example of VideoMAE V2: 1408 tokens are hidden, half of them are decoded. */
  @ParameterizedTest
  @CsvSource({"0.25, 1056", "0.5, 704", "0.75, 352"})
  void hiddenTokens_papersClip_areTheirShare(double ratio, int expected) {
    Masking masking = tubes(0.9, ratio);

    assertThat(masking.hiddenTokens(VIT)).isEqualTo(expected);
    assertThat(masking.visibleTokens(VIT)).isEqualTo(160);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void draw_anyMaskAndShape_predictsEquallyManyOfTheHidden(double ratio) {
    for (ClipShape shape : List.of(VIT, ODD)) {
      for (Masking encoder :
          List.of(new RandomMasking(0.8), new TubeMasking(0.8), new FrameMasking(0.75))) {
        Masking dual = new DualMasking(encoder, new DecoderMask(ratio));
        for (int seed = 0; seed < 20; seed++) {
          Mask whole = encoder.draw(shape, new SplittableRandom(seed));
          Mask mask = dual.draw(shape, new SplittableRandom(seed));

          assertThat(mask.visible()).isEqualTo(whole.visible());
          assertThat(mask.hidden()).hasSize(dual.hiddenTokens(shape)).isSorted();
          assertThat(IntStream.of(mask.hidden()).allMatch(token -> has(whole.hidden(), token)))
              .isTrue();
        }
      }
    }
  }

  private static boolean has(int[] ascending, int token) {
    return Arrays.binarySearch(ascending, token) >= 0;
  }

  /** Tubes hide whole columns of time and eight slots are two rounds: nothing is left to chance. */
  @ParameterizedTest
  @CsvSource({"0.25, 3", "0.5, 2", "0.75, 1"})
  void draw_tubes_predictsEveryHiddenPlaceEquallyOftenInFourSlots(double ratio, int times) {
    Mask mask = tubes(0.9, ratio).draw(VIT, new SplittableRandom(3));
    Mask whole = new TubeMasking(0.9).draw(VIT, new SplittableRandom(3));
    int places = VIT.tokensPerSlot();

    for (int from = 0; from + 4 <= VIT.slots(); from++) {
      int[] predicted = new int[places];
      for (int token : mask.hidden()) {
        int slot = token / places;
        predicted[token % places] += slot >= from && slot < from + 4 ? 1 : 0;
      }
      for (int token : whole.hidden()) {
        assertThat(predicted[token % places]).isEqualTo(times);
      }
    }
  }

  /** One place visible, so that whole cells can be looked at. */
  @Test
  void draw_half_sparesTwoOfEachCellThatRunOnByOneEachSlot() {
    Mask mask = tubes(0.995, 0.5).draw(VIT, new SplittableRandom(1));
    boolean[] predicted = new boolean[VIT.tokens()];
    Arrays.stream(mask.hidden()).forEach(token -> predicted[token] = true);
    boolean[][] cell = new boolean[VIT.slots()][];
    for (int slot = 0; slot < VIT.slots(); slot++) {
      int corner = slot * VIT.tokensPerSlot();
      cell[slot] =
          new boolean[] {
            predicted[corner],
            predicted[corner + 1],
            predicted[corner + VIT.columns()],
            predicted[corner + VIT.columns() + 1]
          };
    }

    for (int slot = 1; slot < VIT.slots(); slot++) {
      for (int place = 0; place < 4; place++) {
        assertThat(cell[slot][place]).isEqualTo(cell[slot - 1][(place + 1) % 4]);
      }
    }
    assertThat(IntStream.range(0, 4).filter(place -> cell[0][place]).count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void draw_manyClips_predictsEveryTokenAsOftenAsEveryOther(double ratio) {
    int clips = 2000;
    int[] predicted = new int[ODD.tokens()];
    int[] hidden = new int[ODD.tokens()];
    SplittableRandom rng = new SplittableRandom(11);
    Masking encoder = new RandomMasking(0.8);
    DecoderMask decoder = new DecoderMask(ratio);
    for (int i = 0; i < clips; i++) {
      Mask whole = encoder.draw(ODD, rng);
      Arrays.stream(whole.hidden()).forEach(token -> hidden[token]++);
      Arrays.stream(decoder.spare(whole, ODD, rng).hidden()).forEach(token -> predicted[token]++);
    }

    for (int token = 0; token < ODD.tokens(); token++) {
      assertThat((double) predicted[token] / hidden[token]).isBetween(0.94 - ratio, 1.06 - ratio);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.25, 0.3, 1, 1.5, Double.NaN})
  void new_ratioThatIsNoQuarter_isRefused(double ratio) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DecoderMask(ratio))
        .withMessageContaining("decoder-mask.ratio")
        .withMessageContaining("got " + ratio);
  }

  @Test
  void hiddenTokens_noneLeft_namesBothNumbers() {
    ClipShape two = new ClipShape(2, 16, 32, 2, 16);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tubes(0.5, 0.75).hiddenTokens(two))
        .withMessageContaining("decoder-mask.ratio=0.75")
        .withMessageContaining("1 hidden");
  }
}

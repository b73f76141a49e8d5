package io.tubelet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationsTest {
  @ParameterizedTest
  @CsvSource({
    "keep, 0, 0",
    "recompute, 12, 4",
    "recompute-first-1, 1, 0",
    "recompute-first-6, 6, 0"
  })
  void parse_ofTwelveBlocksAndADecoderOfFour_countsTheFirst(
      String text, int ofEncoder, int ofDecoder) {
    Activations activations = Activations.parse(text);
    assertThat(activations.recomputedOf(12)).isEqualTo(ofEncoder);
    assertThat(IntStream.range(0, 12).filter(activations::recompute))
        .containsExactlyElementsOf(IntStream.range(0, ofEncoder).boxed().toList());
    assertThat(activations.ofDecoder().recomputedOf(4)).isEqualTo(ofDecoder);
    assertThat(activations).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "recompute-first-0", "recompute-first--1", "recompute-first-", ""})
  void parse_anotherText_saysWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> Activations.parse(text))
        .hasMessageContaining("keep, recompute or recompute-first-N")
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void requireWithin_moreThanTheEncoderHas_namesBothNumbers() {
    assertThatThrownBy(() -> new Activations(13).requireWithin(12))
        .hasMessageContaining("recompute-first-13")
        .hasMessageContaining("model.encoder.depth=12");
    assertThatCode(() -> new Activations(12).requireWithin(12)).doesNotThrowAnyException();
    assertThatCode(() -> Activations.RECOMPUTE.requireWithin(12)).doesNotThrowAnyException();
  }
}

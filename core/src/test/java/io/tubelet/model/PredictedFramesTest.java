package io.tubelet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictedFramesTest {
  private static final ClipShape VIT = new ClipShape(16, 224, 224, 2, 16);

  /** Two places a slot, of one pixel: every value of a token is made of frame and place. */
  private static final ClipShape TINY = new ClipShape(4, 1, 2, 2, 1);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Tokens of which each value is {@code 10 * frame + place}. */
  private static Tensor tokens(ClipShape clip) {
    int[] bytes =
        IntStream.range(0, clip.frames())
            .flatMap(
                t ->
                    IntStream.range(0, 2)
                        .flatMap(p -> IntStream.generate(() -> 10 * t + p).limit(3)))
            .toArray();
    byte[] pixels = new byte[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) bytes[i];
    }
    return new Patchify(clip)
        .tokens(HostArrays.ofBytes(pixels, 1, clip.frames(), clip.height(), clip.width(), 3));
  }

  private static Tensor ids(long... ids) {
    return HostArrays.ofLongs(ids, 1, ids.length);
  }

  /** The first colour of every predicted pixel. */
  private static int[] reds(Tensor values) {
    byte[] bytes = HostArrays.toBytes(values.contiguous());
    return IntStream.range(0, bytes.length / 3).map(i -> bytes[3 * i]).toArray();
  }

  @ParameterizedTest
  @CsvSource({"16, 1536", "8, 768", "1, 768", "32, 3072"})
  void valuesPerToken_papersClip_countsItsFrames(int count, int values) {
    PredictedFrames frames = new PredictedFrames(VIT, count);
    assertThat(frames.valuesPerToken()).isEqualTo(values);
    assertThat(frames.sampled().tokens()).isEqualTo(VIT.tokens());
    assertThat(frames.sampled().frames()).isEqualTo(Math.max(16, count));
  }

  @Test
  void pixels_theCentre_isOneFrameForTokensOfEverySlot() {
    PredictedFrames frames = new PredictedFrames(TINY, 1);
    assertThat(frames.indices()).containsExactly(2);
    assertThat(reds(frames.pixels(tokens(TINY), ids(0, 1, 3)))).containsExactly(20, 21, 21);
  }

  @Test
  void pixels_twiceTheFrames_areThoseOfTheTubeAndBetween() {
    PredictedFrames frames = new PredictedFrames(TINY, 8);
    Tensor tokens = tokens(frames.sampled()); // 8 frames in tubes of 4
    assertThat(reds(frames.pixels(tokens, ids(1, 2))))
        .containsExactly(1, 11, 21, 31, 40, 50, 60, 70);
    assertThat(reds(frames.seen(tokens).narrow(1, 1, 2))).containsExactly(1, 21, 40, 60);
  }

  @Test
  void pixels_oneOfTwo_isTheOneOfTheOfficialLine() {
    PredictedFrames frames = new PredictedFrames(TINY, 2);
    assertThat(reds(frames.pixels(tokens(TINY), ids(0, 1, 3)))).containsExactly(0, 1, 31);
  }

  @Test
  void seen_withoutFramesBetween_isEverything() {
    Tensor tokens = tokens(TINY);
    assertThat(new PredictedFrames(TINY, 4).seen(tokens)).isSameAs(tokens);
  }

  @Test
  void select_framesOfAClip_areThePredictedOnes() {
    Tensor numbers = HostArrays.ofLongs(LongStream.range(0, 16).toArray(), 1, 16);
    assertThat(HostArrays.toLongs(new PredictedFrames(VIT, 8).select(numbers)))
        .containsExactly(0, 2, 4, 6, 8, 10, 12, 15);
    assertThat(HostArrays.toLongs(new PredictedFrames(VIT, 1).select(numbers))).containsExactly(8);
  }

  @Test
  void of_anotherClip_keepsTheChoice() {
    ClipShape longer = new ClipShape(32, 224, 224, 4, 16);
    assertThat(new PredictedFrames(VIT, 1).of(longer).count()).isEqualTo(1);
    assertThat(new PredictedFrames(VIT, 32).of(longer).count()).isEqualTo(64);
    assertThat(new PredictedFrames(VIT, 8).of(longer).count()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 12, 24, 64, -1})
  void count_thatFitsNoChoice_isRefusedWithBothNumbers(int count) {
    assertThatThrownBy(() -> new PredictedFrames(VIT, count))
        .hasMessageContaining("predicted-frames=" + count)
        .hasMessageContaining("frames=16");
  }

  @Test
  void clips_ofTokens_areTheClipsThatWereCut() {
    ClipShape clip = new ClipShape(4, 6, 4, 2, 2);
    Tensor numbers = HostArrays.ofLongs(LongStream.range(0, clip.bytes()).toArray(), 1, 4, 6, 4, 3);
    Patchify patchify = new Patchify(clip);
    assertThat(HostArrays.toLongs(patchify.clips(patchify.tokens(numbers)).contiguous()))
        .isEqualTo(LongStream.range(0, clip.bytes()).toArray());
  }
}

package io.tubelet.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Mask;
import io.tubelet.model.Patchify;
import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TokenMasks;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTargetTest {
  /** Two slots of two frames of 2 x 2 patches. */
  private static final ClipShape CLIP = new ClipShape(4, 16, 16, 2, 8);

  private static final TokenTarget TARGET = new TokenTarget("runs/words", 256);

  /** Frames whose pixels all say {@code 10 * frame + patch}. */
  private static Tensor clip() {
    byte[] rgb = new byte[CLIP.bytes()];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % 16;
      int y = i / 3 / 16 % 16;
      int frame = i / 3 / 16 / 16;
      rgb[i] = (byte) (10 * frame + y / 8 * 2 + x / 8);
    }
    return HostArrays.ofBytes(rgb, 1, 4, 16, 16, 3);
  }

  /** Says the upper left pixel of a patch. */
  private static Tensor pixels(Tensor frames, int rows, int columns) {
    return frames
        .reshape(frames.size(0), frames.size(1), rows, 8, columns, 8, 3)
        .select(6, 0)
        .select(5, 0)
        .select(3, 0)
        .to(ScalarType.Long);
  }

  /** Token 5 is the second place of the second slot, token 2 the third of the first. */
  @ParameterizedTest
  @CsvSource({"2, 31, 2", "1, 21, 22"})
  void values_oneFrameOfATube_areItsWordAtThePlace(int predicted, long ofFive, long ofTwo) {
    try (TensorScope scope = new TensorScope()) {
      TokenMasks masks =
          TokenMasks.of(
              List.of(new Mask(new int[] {0, 1, 3, 4, 6, 7}, new int[] {2, 5})), Placement.CPU);
      Tensor words =
          TARGET
              .values(new PredictedFrames(CLIP, predicted), TokenTargetTest::pixels)
              .of(new Patchify(CLIP).tokens(clip()), masks);
      assertThat(HostArrays.toLongs(words)).containsExactly(ofTwo, ofFive);
    }
  }

  @Test
  void values_everyFrame_areAWordOfEach() {
    try (TensorScope scope = new TensorScope()) {
      TokenMasks masks =
          TokenMasks.of(
              List.of(new Mask(new int[] {0, 1, 2, 3, 4, 6, 7}, new int[] {5})), Placement.CPU);
      Tensor words =
          TARGET
              .values(new PredictedFrames(CLIP, 4), TokenTargetTest::pixels)
              .of(new Patchify(CLIP).tokens(clip()), masks); // [1, 1, 2]
      assertThat(HostArrays.toLongs(words)).containsExactly(21, 31);
    }
  }

  @Test
  void valuesPerToken_frames_areAVocabularyEach() {
    ClipShape vit = new ClipShape(16, 224, 224, 2, 16);
    TokenTarget dalle = new TokenTarget("encoder.pth", 8192);
    assertThat(dalle.valuesPerToken(new PredictedFrames(vit, 8))).isEqualTo(8192);
    assertThat(dalle.valuesPerToken(new PredictedFrames(vit, 16))).isEqualTo(16384);
    assertThat(dalle.valuesPerToken(new PredictedFrames(vit, 1))).isEqualTo(8192);
  }

  @Test
  void target_settingsThatCannotBe_areRefusedByName() {
    assertThatThrownBy(() -> new TokenTarget(" ", 256)).hasMessageContaining("target.tokenizer");
    assertThatThrownBy(() -> new TokenTarget("runs/words", 1))
        .hasMessageContaining("target.vocabulary");
  }
}

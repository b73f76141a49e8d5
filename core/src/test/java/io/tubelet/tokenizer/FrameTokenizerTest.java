package io.tubelet.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTokenizerTest {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  /** Two frames; in the second, the patch in the lower right corner alone is bright. */
  private static Tensor frames(int patch) {
    int height = ROWS * patch;
    int width = COLUMNS * patch;
    byte[] rgb = new byte[2 * height * width * 3];
    for (int y = patch; y < height; y++) {
      for (int x = 2 * patch; x < width; x++) {
        rgb[((height + y) * width + x) * 3] = (byte) 255;
      }
    }
    return HostArrays.ofBytes(rgb, 1, 2, height, width, 3);
  }

  /** Patches of the ViTs of both papers, of the demo, and one smaller than a word. */
  @ParameterizedTest
  @ValueSource(ints = {16, 14, 8, 4})
  void words_anyPatch_areOneForEachInItsPlace(int patch) {
    try (TensorScope scope = new TensorScope();
        FrameTokenizer tokenizer = new FrameTokenizer(TinyEncoder.make())) {
      Tensor words = tokenizer.words(frames(patch), ROWS, COLUMNS);
      assertThat(Shapes.of(words)).containsExactly(1, 2, ROWS, COLUMNS);
      // Word 0 where red is above a half; the resized edge stays below it.
      long[] second = HostArrays.toLongs(words.select(1, 1));
      assertThat(HostArrays.toLongs(words.select(1, 0))).containsOnly(1);
      assertThat(second[5]).isZero();
      assertThat(second[0]).isOne();
      assertThat(second[1]).isOne();
    }
  }

  @Test
  void words_manyFrames_areThoseOfEachAlone() {
    try (TensorScope scope = new TensorScope();
        FrameTokenizer tokenizer = new FrameTokenizer(TinyEncoder.make())) {
      Tensor one = frames(16);
      Tensor many = one.repeat(300, 1, 1, 1, 1);
      long[] alone = HostArrays.toLongs(tokenizer.words(one, ROWS, COLUMNS));
      long[] last = HostArrays.toLongs(tokenizer.words(many, ROWS, COLUMNS).narrow(0, 299, 1));
      assertThat(last).isEqualTo(alone);
    }
  }

  @Test
  void words_noFrames_areRefusedWithTheShape() {
    try (TensorScope scope = new TensorScope();
        FrameTokenizer tokenizer = new FrameTokenizer(TinyEncoder.make())) {
      Tensor flat = HostArrays.ofBytes(new byte[12], 2, 2, 3);
      assertThatThrownBy(() -> tokenizer.words(flat, 1, 1)).hasMessageContaining("frames");
    }
  }
}

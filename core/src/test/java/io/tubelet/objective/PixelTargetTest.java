package io.tubelet.objective;

import static io.tubelet.fixture.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Mask;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TokenMasks;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelTargetTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor bytes(int tokens, int values) {
    byte[] bytes = new byte[2 * tokens * values];
    new SplittableRandom(4).nextBytes(bytes);
    return HostArrays.ofBytes(bytes, 2, tokens, values);
  }

  @ParameterizedTest
  @EnumSource(PixelTarget.class)
  void target_flatToken_isFinite(PixelTarget target) {
    Tensor flat = torch.full(new long[] {1, 3, 24}, new Scalar(0.5));
    Tensor values = target.target(flat, PixelNorm.GREY);
    assertThat(values.isfinite().all().item_bool()).isTrue();
  }

  @Test
  void target_normalisedTwoWays_hasUnitVarianceTogetherOrByColour() {
    Tensor pixels = bytes(2, 300);
    Tensor patch = PixelTarget.PATCH_NORMALISED.target(pixels, PixelNorm.GREY);
    Tensor colour = PixelTarget.CHANNEL_NORMALISED.target(pixels, PixelNorm.GREY);
    assertClose(patch.std(new long[] {2}, true, false), torch.ones(2, 2), 1e-4, "all values");
    assertClose(
        colour.reshape(2, 2, 100, 3).std(new long[] {2}, true, false),
        torch.ones(2, 2, 3),
        1e-4,
        "colour");
  }

  /** One frame of two is predicted; the last slot's is its second, by the official line. */
  @Test
  void target_halfTheFrames_takesTheOfficialFrameOfEachSlot() {
    ClipShape clip = new ClipShape(8, 4, 4, 2, 4);
    PredictedFrames frames = new PredictedFrames(clip, 4);
    byte[] bytes = new byte[clip.bytes()];
    int perFrame = clip.valuesPerToken() / clip.tube();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i / perFrame); // one place a slot: every byte is its frame's number
    }
    Tensor tokens = HostArrays.ofBytes(bytes, 1, clip.tokens(), clip.valuesPerToken());
    TokenMasks masks =
        TokenMasks.of(List.of(new Mask(new int[] {1}, new int[] {0, 2, 3})), Placement.CPU);
    Tensor target =
        Reconstruction.ofPixels(frames, PixelTarget.UNIT, PixelNorm.GREY).target(tokens, masks);
    Tensor numbers = target.select(2, 0).mul(new Scalar(255.0)).round();
    assertThat(HostArrays.toLongs(numbers)).containsExactly(0, 4, 7);
  }
}

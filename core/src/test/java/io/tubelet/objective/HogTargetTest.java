package io.tubelet.objective;

import static io.tubelet.fixture.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.mask.Mask;
import io.tubelet.model.Patchify;
import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TokenMasks;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HogTargetTest {
  private static final ClipShape CLIP = new ClipShape(4, 32, 32, 2, 16);

  /** Another order of the same additions; a pixel at the border of two directions may change. */
  private static final double TOLERANCE = 2e-4;

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static NamedTensors official() {
    Optional<FixtureFolder> folder =
        FixtureFolder.all().stream().filter(f -> f.table("hog_maskfeat").isPresent()).findFirst();
    assumeTrue(folder.isPresent(), "no folder of fixtures has hog_maskfeat");
    return new NamedTensors(folder.orElseThrow().tensors("hog_maskfeat").orElseThrow());
  }

  @Test
  void of_officialPicture_agrees() {
    NamedTensors official = official();
    Tensor pictures = Patchify.channelsLast(official.get("image_bchw").unsqueeze(2));
    Tensor ours = OrientedGradients.of(pictures).squeeze(1); // [2, 3, 9, 4, 4]
    assertClose(ours, official.get("hog_image"), TOLERANCE, "hog_image");
  }

  /** MaskFeat takes frames 0 and 2 of 4, here a clip of its own. */
  @Test
  void values_officialClip_areItsLabelsInTheirOrder() {
    NamedTensors official = official();
    Tensor frames = Patchify.channelsLast(official.get("clip_bcthw")); // [2, 4, 32, 32, 3]
    Tensor even = frames.reshape(2, 2, 2, 32, 32, 3).select(2, 0);
    ClipShape clip = new ClipShape(2, 32, 32, 1, 16);
    TargetValues values = new HogTarget().values(new PredictedFrames(clip, 2));
    int[] all = IntStream.range(1, clip.tokens()).toArray();
    TokenMasks masks =
        TokenMasks.of(
            List.of(new Mask(new int[] {0}, all), new Mask(new int[] {0}, all)), Placement.CPU);

    Tensor ours = values.of(new Patchify(clip).tokens(even), masks);

    Tensor labels = official.get("hog_label_3d_all").narrow(1, 1, clip.tokens() - 1);
    assertClose(ours, labels, TOLERANCE, "hog_label_3d_all");
  }

  /** Dark above, bright below: all of the edge is in the direction of "down", the first of nine. */
  @Test
  void of_horizontalEdge_isOneDirectionInTheCellsItCrosses() {
    byte[] bytes = new byte[16 * 16 * ClipShape.CHANNELS];
    for (int i = bytes.length / 4; i < bytes.length; i++) {
      bytes[i] = (byte) 200;
    }
    Tensor frame = HostArrays.ofBytes(bytes, 1, 1, 16, 16, 3);
    float[] hog = HostArrays.toFloats(OrientedGradients.of(frame)); // [1, 1, 3, 9, 2, 2]
    for (int colour = 0; colour < 3; colour++) {
      for (int direction = 0; direction < 9; direction++) {
        int at = (colour * 9 + direction) * 4;
        float expected = direction == 0 ? 1 : 0;
        assertThat(new float[] {hog[at], hog[at + 1], hog[at + 2], hog[at + 3]})
            .as("colour %d, direction %d", colour, direction)
            .containsExactly(expected, expected, 0, 0);
      }
    }
  }

  @Test
  void of_brighterPicture_isTheSame() {
    byte[] bytes = new byte[16 * 16 * 3];
    new SplittableRandom(3).nextBytes(bytes);
    byte[] brighter = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] &= 0x3F;
      brighter[i] = (byte) (2 * bytes[i] + 70);
    }
    Tensor dark = OrientedGradients.of(HostArrays.ofBytes(bytes, 1, 1, 16, 16, 3));
    Tensor bright = OrientedGradients.of(HostArrays.ofBytes(brighter, 1, 1, 16, 16, 3));
    assertClose(bright, dark, 1e-6, "brightness and contrast");
  }

  @Test
  void valuesPerToken_countCellsAndFrames() {
    ClipShape vit = new ClipShape(16, 224, 224, 2, 16);
    assertThat(new HogTarget().valuesPerToken(new PredictedFrames(vit, 8))).isEqualTo(108);
    assertThat(new HogTarget().valuesPerToken(new PredictedFrames(vit, 16))).isEqualTo(216);
    assertThat(new HogTarget().valuesPerToken(new PredictedFrames(vit, 1))).isEqualTo(108);
    assertThat(new HogTarget().valuesPerToken(new PredictedFrames(vit, 32))).isEqualTo(432);
    ClipShape huge = new ClipShape(16, 224, 224, 2, 14);
    assertThatThrownBy(() -> new HogTarget().valuesPerToken(new PredictedFrames(huge, 8)))
        .hasMessageContaining("hog")
        .hasMessageContaining("8")
        .hasMessageContaining("14");
  }

  /** Each token's values are those of its own place and slot, whatever is predicted. */
  @Test
  void values_eachChoiceOfFrames_areThoseOfTheFrameAlone() {
    byte[] bytes = new byte[CLIP.bytes()];
    new SplittableRandom(5).nextBytes(bytes);
    Tensor frames = HostArrays.ofBytes(bytes, 1, 4, 32, 32, 3);
    Tensor alone = OrientedGradients.of(frames); // [1, 4, 3, 9, 4, 4]
    TokenMasks masks =
        TokenMasks.of(
            List.of(new Mask(new int[] {0, 1, 2, 3, 4, 6, 7}, new int[] {5})), Placement.CPU);
    // token 5: slot 1, row 0, column 1
    assertToken(4, masks, frames, alone, 2, 3);
    assertToken(2, masks, frames, alone, 3);
    assertToken(1, masks, frames, alone, 2);
  }

  private static void assertToken(
      int count, TokenMasks masks, Tensor frames, Tensor alone, int... predicted) {
    Tensor values =
        new HogTarget()
            .values(new PredictedFrames(CLIP, count))
            .of(new Patchify(CLIP).tokens(frames), masks); // [1, 1, u * 108]
    assertThat(values.size(2)).isEqualTo(108L * predicted.length);
    for (int i = 0; i < predicted.length; i++) {
      Tensor expected =
          alone.select(1, predicted[i]).narrow(3, 0, 2).narrow(4, 2, 2).reshape(1, 1, 108);
      assertClose(values.narrow(2, 108L * i, 108), expected, 1e-6, "frame " + predicted[i]);
    }
  }
}

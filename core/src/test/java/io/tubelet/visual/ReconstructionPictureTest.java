package io.tubelet.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.mask.Mask;
import io.tubelet.mask.TubeMasking;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReconstructionPictureTest {

  private static final ClipShape SHAPE = new ClipShape(16, 64, 64, 2, 16);
  private static final Frames CLIP = Clips.movingDisc(SHAPE);
  private static final Mask MASK = new TubeMasking(0.75).draw(SHAPE, new SplittableRandom(3));

  private static ReconstructedClip reconstruction(int[] predictedFrames) {
    byte[] flat = new byte[SHAPE.bytes()];
    Arrays.fill(flat, (byte) 90);
    return new ReconstructedClip(
        CLIP,
        SHAPE,
        MASK,
        new Frames(16, 64, 64, flat),
        predictedFrames,
        Denormalisation.VISIBLE_STATISTICS,
        "tube",
        0.75);
  }

  private static ReconstructedClip reconstruction() {
    return reconstruction(Clips.allFrames(SHAPE));
  }

  @Test
  void maskedPanel_isOriginalWhereVisibleAndGreyWhereHidden() {
    var grid = new TokenGrid(SHAPE);
    Frames masked = Panel.MASKED.of(reconstruction());
    for (int token : MASK.visible()) {
      int[] frames = {grid.slot(token) * 2 + 1};
      assertThat(grid.pixels(masked, token, frames)).isEqualTo(grid.pixels(CLIP, token, frames));
    }
    for (int token : MASK.hidden()) {
      assertThat(grid.pixels(masked, token, new int[] {grid.slot(token) * 2 + 1}))
          .containsOnly(128 / 255f);
    }
  }

  @Test
  void reconstructionPanel_isPredictionWhereHidden_andLeavesThePredictionAlone() {
    ReconstructedClip r = reconstruction();
    var grid = new TokenGrid(SHAPE);
    Frames made = Panel.RECONSTRUCTION.of(r);
    assertThat(grid.pixels(made, MASK.hidden()[0], new int[] {0})).containsOnly(90 / 255f);
    assertThat(grid.pixels(made, MASK.visible()[0], new int[] {0}))
        .isEqualTo(grid.pixels(CLIP, MASK.visible()[0], new int[] {0}));
    assertThat(r.prediction().rgb()).containsOnly((byte) 90);
  }

  @Test
  void predictionPanel_isGreyWhereVisible() {
    var grid = new TokenGrid(SHAPE);
    Frames only = Panel.PREDICTION.of(reconstruction());
    assertThat(grid.pixels(only, MASK.visible()[0], new int[] {0})).containsOnly(128 / 255f);
    assertThat(grid.pixels(only, MASK.hidden()[0], new int[] {0})).containsOnly(90 / 255f);
  }

  @Test
  void errorPanel_isDarkWhereVisibleAndBrighterWhereWrong() {
    var grid = new TokenGrid(SHAPE);
    Frames error = Panel.ERROR.of(reconstruction());
    float[] visible = grid.pixels(error, MASK.visible()[0], new int[] {0});
    float[] hidden = grid.pixels(error, MASK.hidden()[0], new int[] {0});
    assertThat(visible[0]).isZero();
    assertThat(visible[2]).isEqualTo(4 / 255f);
    assertThat(hidden[0]).isGreaterThan(0.3f);
  }

  @Test
  void heatColours_growLighterWithTheLevel() {
    byte[] rgb = new byte[3];
    int before = -1;
    for (int level = 0; level < 256; level += 5) {
      HeatColours.put(level, rgb, 0);
      int lightness = 2 * (rgb[0] & 0xFF) + 7 * (rgb[1] & 0xFF) + (rgb[2] & 0xFF);
      assertThat(lightness).isGreaterThan(before);
      before = lightness;
    }
  }

  @Test
  void strip_holdsEnlargedPixelsOfTheFramesItShows() {
    BufferedImage strip =
        new ReconstructionStrip(List.of(Panel.ORIGINAL), 2).draw(reconstruction());
    // Enlarged twice, the last panel ends at the margin: its last pixel is that of frame 15.
    int x = strip.getWidth() - ReconstructionStrip.MARGIN - 1;
    int y = strip.getHeight() - ReconstructionStrip.MARGIN - 1;
    int at = CLIP.offset(15) + 64 * 64 * 3 - 3;
    int want =
        (CLIP.rgb()[at] & 0xFF) << 16
            | (CLIP.rgb()[at + 1] & 0xFF) << 8
            | (CLIP.rgb()[at + 2] & 0xFF);
    for (int dx = 0; dx < 2; dx++) {
      assertThat(strip.getRGB(x - dx, y - dx) & 0xFFFFFF).isEqualTo(want);
    }
  }

  @Test
  void stripOfALargeClip_isNotEnlarged() {
    ClipShape large = new ClipShape(2, 224, 224, 2, 16);
    assertThat(FrameImage.readableScale(large)).isEqualTo(1);
    assertThat(FrameImage.readableScale(SHAPE)).isEqualTo(2);
  }

  @Test
  void png_readsBackAsTheDrawnPicture() throws IOException {
    byte[] png = ReconstructionStrip.STANDARD.png(reconstruction());
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(png));
    BufferedImage drawn = ReconstructionStrip.STANDARD.draw(reconstruction());
    assertThat(back.getWidth()).isEqualTo(drawn.getWidth());
    assertThat(back.getRGB(200, 200)).isEqualTo(drawn.getRGB(200, 200));
  }

  @Test
  void caption_saysHowAndWhatIsRepeated() {
    assertThat(reconstruction().caption())
        .isEqualTo("mask ratio 0.75 (tube), de-normalised with statistics of the visible patches");
    assertThat(reconstruction(new int[] {0, 2, 4, 6, 8, 10, 12, 15}).caption())
        .endsWith("; 8 of 16 frames are predicted, the others repeat the nearest of them");
  }

  @Test
  void trueStatistics_areCalledFlattering() {
    assertThat(Denormalisation.TRUE_STATISTICS.label()).contains("flattering");
  }

  @Test
  void video_hasTheClipsFramesAndEvenSides() {
    Frames video =
        new ReconstructionVideo(List.of(Panel.ORIGINAL, Panel.MASKED, Panel.RECONSTRUCTION))
            .compose(List.of(reconstruction(), reconstruction()));
    assertThat(video.count()).isEqualTo(16);
    assertThat(video.height() % 2).isZero();
    assertThat(video.width() % 2).isZero();
    byte[] first = Arrays.copyOfRange(video.rgb(), 0, video.offset(1));
    byte[] last = Arrays.copyOfRange(video.rgb(), video.offset(15), video.rgb().length);
    assertThat(first).isNotEqualTo(last);
  }

  @Test
  void videoOfClipsOfTwoShapes_isRefused() {
    ClipShape other = new ClipShape(8, 64, 64, 2, 16);
    Frames clip = Clips.movingDisc(other);
    var second =
        new ReconstructedClip(
            clip,
            other,
            new TubeMasking(0.75).draw(other, new SplittableRandom(3)),
            clip,
            Clips.allFrames(other),
            Denormalisation.RAW_PREDICTION,
            "tube",
            0.75);
    assertThatThrownBy(
            () -> ReconstructionVideo.STANDARD.compose(List.of(reconstruction(), second)))
        .hasMessageContaining("must share a shape");
  }

  @Test
  void reconstructionOfAnotherSize_isRefusedWithBothShapes() {
    Frames small = new Frames(1, 2, 2, new byte[12]);
    assertThatThrownBy(
            () ->
                new ReconstructedClip(
                    small,
                    SHAPE,
                    MASK,
                    CLIP,
                    new int[] {0},
                    Denormalisation.RAW_PREDICTION,
                    "tube",
                    0.75))
        .hasMessage("original: expected [16, 64, 64, 3], got [1, 2, 2, 3]");
  }
}

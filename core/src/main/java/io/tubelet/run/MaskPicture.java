package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.PretrainConfig;
import io.tubelet.mask.BlockMasking;
import io.tubelet.mask.FrameMasking;
import io.tubelet.mask.Mask;
import io.tubelet.mask.Masking;
import io.tubelet.mask.MotionMasking;
import io.tubelet.mask.MultiBlockMasking;
import io.tubelet.mask.RandomMasking;
import io.tubelet.mask.TubeMasking;
import io.tubelet.synthetic.MotionClips;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoWriter;
import io.tubelet.visual.MaskFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Every way of masking on one clip, for a person: each at the ratio that mae_st found best for it
 * (Table 2a) where it says one, and the recipe's own.
 *
 * @param config of a pre-training: its clips and its mask are shown
 */
public record MaskPicture(PretrainConfig config) {
  private static final List<Masking> USUAL =
      List.of(
          new RandomMasking(0.9),
          new TubeMasking(0.9),
          new FrameMasking(0.75),
          new FrameMasking(0.875),
          new BlockMasking(0.75),
          new MultiBlockMasking(0.9, 0.15),
          new MultiBlockMasking(0.9, 0.7),
          new MotionMasking(0.9, 8));

  /** Frames of the embedded video for each of a clip. */
  private static final int SPAN = 4;

  /** As many as there must be of the embedded videos, and the number of the one that is shown. */
  private static final int CLIPS = MotionClips.DEFAULT.clips();

  private static final int SHOWN = 3;

  /**
   * The picture as a PNG file.
   *
   * @param video whose middle is masked; an embedded clip where there is none
   * @param seed the same seed hides the same tokens
   */
  public byte[] png(Optional<Path> video, long seed) throws IOException {
    ClipShape shape = config.model().clip();
    MiddleClip.Moving clip = video.isPresent() ? middle(video.get()) : embedded();
    List<MaskFigure.Row> rows = new ArrayList<>();
    for (Masking masking : shown(shape, clip.isMotionTold())) {
      Mask mask = masking.draw(shape, clip.motion(), new SplittableRandom(seed));
      rows.add(new MaskFigure.Row(caption(masking, mask, shape), mask));
    }
    return new MaskFigure(clip.frames(), shape, rows).png();
  }

  /**
   * The recipe's own last, where it is none of the others; those that leave nothing are not, nor
   * those that need to know of motion where the codec does not tell.
   */
  private List<Masking> shown(ClipShape shape, boolean motionIsTold) {
    List<Masking> shown = new ArrayList<>(USUAL);
    shown.removeIf(masking -> !masking.fits(shape) || (masking.followsMotion() && !motionIsTold));
    if (!shown.contains(config.mask())) {
      shown.add(config.mask());
    }
    return shown;
  }

  private MiddleClip.Moving middle(Path video) throws IOException {
    MiddleClip middle =
        new MiddleClip(config.model().clip(), config.data().sampling(), config.data().shortSide());
    return config.mask().followsMotion()
        ? middle.moving(config.data().opener(), video)
        : middle.movingIfTold(config.data().opener(), video);
  }

  /** A file like any other, so that it is sampled and cropped like any other. */
  private MiddleClip.Moving embedded() throws IOException {
    ClipShape shape = config.model().clip();
    int size = Math.max(shape.height(), shape.width());
    MotionClips clips = new MotionClips(CLIPS, SPAN * shape.frames(), size + size % 2, 0);
    Path file = Files.createTempFile("tubelet-masks", ".mp4");
    try {
      VideoWriter.save(file, clips.paint(SHOWN), EncodeOptions.DEFAULT);
      return middle(file);
    } finally {
      Files.delete(file);
    }
  }

  private List<String> caption(Masking masking, Mask mask, ClipShape shape) {
    List<String> lines = new ArrayList<>();
    lines.add(masking.label());
    lines.add("ratio " + masking.ratio());
    lines.add(
        String.format(Locale.ROOT, "%,d of %,d visible", mask.visible().length, shape.tokens()));
    if (masking.equals(config.mask())) {
      lines.add("the recipe's own");
    }
    return lines;
  }
}

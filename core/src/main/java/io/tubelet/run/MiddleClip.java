package io.tubelet.run;

import io.tubelet.augment.CentreCrop;
import io.tubelet.augment.Crop;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.data.ClipMotion;
import io.tubelet.data.VideoOpener;
import io.tubelet.sample.ClipSampling;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The clip in the middle of a video, its largest centred box resized to a model's picture: what
 * pictures for a person are made of.
 *
 * @param shape of the clip
 * @param sampling its frames, without drawing
 * @param shortSide of decoded frames; 0 as coded
 */
record MiddleClip(ClipShape shape, ClipSampling sampling, int shortSide) {

  /**
   * A clip with what moves in it.
   *
   * @param motion how far each token moved
   * @param isMotionTold whether the codec tells; where not, nothing moves
   */
  record Moving(Frames frames, double[] motion, boolean isMotionTold) {}

  Frames of(VideoOpener opener, Path video) throws IOException {
    try (VideoReader reader = opener.open(video, new DecodeOptions(shortSide))) {
      return crop(reader.info()).apply(read(reader), shape.height(), shape.width());
    }
  }

  /**
   * With its motion.
   *
   * @throws io.tubelet.video.VideoException when the codec tells none
   */
  Moving moving(VideoOpener opener, Path video) throws IOException {
    try (VideoReader reader = opener.open(video, new DecodeOptions(shortSide, true))) {
      Frames frames = read(reader);
      Crop crop = crop(reader.info());
      double[] motion = ClipMotion.of(reader, numbers(reader.info()), crop, shape);
      return new Moving(crop.apply(frames, shape.height(), shape.width()), motion, true);
    }
  }

  /** With its motion where the codec tells. */
  Moving movingIfTold(VideoOpener opener, Path video) throws IOException {
    try {
      return moving(opener, video);
    } catch (VideoException untold) {
      return new Moving(of(opener, video), new double[shape.tokens()], false);
    }
  }

  private Frames read(VideoReader reader) throws VideoException {
    return reader.frames(numbers(reader.info()));
  }

  private int[] numbers(VideoInfo info) {
    return sampling.centre(shape.frames(), info.frames(), info.fps());
  }

  private Crop crop(VideoInfo info) {
    return new Crop(
        CentreCrop.box(info.height(), info.width(), shape.height(), shape.width()),
        false,
        new CentreCrop().resampling());
  }
}

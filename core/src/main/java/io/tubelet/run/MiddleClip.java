package io.tubelet.run;

import io.tubelet.augment.CentreCrop;
import io.tubelet.augment.Crop;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.data.VideoOpener;
import io.tubelet.sample.ClipSampling;
import io.tubelet.video.DecodeOptions;
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

  Frames of(VideoOpener opener, Path video) throws IOException {
    try (VideoReader reader = opener.open(video, new DecodeOptions(shortSide))) {
      int[] numbers = sampling.centre(shape.frames(), reader.info().frames(), reader.info().fps());
      Frames frames = reader.frames(numbers);
      CentreCrop centre = new CentreCrop();
      return new Crop(
              CentreCrop.box(frames.height(), frames.width(), shape.height(), shape.width()),
              false,
              centre.resampling())
          .apply(frames, shape.height(), shape.width());
    }
  }
}

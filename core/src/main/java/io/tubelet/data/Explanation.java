package io.tubelet.data;

import io.tubelet.augment.Crop;
import io.tubelet.augment.Resampling;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Size;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What sampling makes of one file, in lines to read: frame numbers and crop boxes. Boxes are
 * written {@code width x height at left, top}.
 */
public final class Explanation {
  private Explanation() {}

  /**
   * The clips that training would draw of {@code file}, were it the first video of the first pass.
   *
   * @throws VideoException when the file cannot be read, or has no frames
   */
  public static String ofTraining(
      VideoOpener opener, Path file, DataConfig config, BatchSpec spec, Seeds seeds)
      throws VideoException {
    VideoInfo video = info(opener, file, new DecodeOptions(config.shortSide()));
    Size size = new Size(video.height(), video.width());
    ClipMaker maker = new ClipMaker(opener, config, spec, seeds);
    int[][] frames = maker.drawFrames(video, 0, 0);
    StringBuilder text = new StringBuilder(headline(file, video));
    text.append("training: %s, seed %d%n".formatted(config.sampling(), seeds.run()));
    for (int r = 0; r < frames.length; r++) {
      Crop crop = maker.drawCrop(size, 0, r);
      text.append(clip(r + 1, frames[r]));
      text.append(
          "  crop %s, resized to %d x %d, %s%s%n"
              .formatted(
                  box(crop.box()),
                  spec.shape().width(),
                  spec.shape().height(),
                  name(crop.resampling()),
                  crop.flip() ? ", mirrored" : ""));
    }
    return text.toString();
  }

  /**
   * The views that a test takes of {@code file}: each clip with each crop.
   *
   * @throws VideoException when the file cannot be read, or has no frames
   */
  public static String ofViews(VideoOpener opener, Path file, ViewsConfig config, ClipShape shape)
      throws VideoException {
    config.requireFits(shape);
    VideoInfo video = info(opener, file, DecodeOptions.NATIVE);
    List<View> views = config.views(video, shape);
    Size resized = views.get(0).resized();
    StringBuilder text = new StringBuilder(headline(file, video));
    text.append(
        "test: %s views, %s, resized to %d x %d, %s%n"
            .formatted(
                config.number(),
                config.clips(),
                resized.width(),
                resized.height(),
                name(config.crops().resampling())));
    views.stream()
        .filter(view -> view.spatial() == 0)
        .forEach(view -> text.append(clip(view.temporal() + 1, view.frames())));
    views.stream()
        .filter(view -> view.temporal() == 0)
        .forEach(
            view -> text.append("  crop %d: %s%n".formatted(view.spatial() + 1, box(view.crop()))));
    return text.toString();
  }

  private static VideoInfo info(VideoOpener opener, Path file, DecodeOptions options)
      throws VideoException {
    try (VideoReader reader = opener.open(file, options)) {
      ViewMaker.requireFrames(file, reader.info());
      return reader.info();
    }
  }

  private static String headline(Path file, VideoInfo video) {
    return String.format(
        Locale.ROOT,
        "%s: %d frames of %d x %d, %s frames per second, %s%n",
        file,
        video.frames(),
        video.width(),
        video.height(),
        video.fps() > 0 ? String.format(Locale.ROOT, "%.3f", video.fps()) : "unknown",
        video.codec());
  }

  private static String clip(int number, int[] frames) {
    StringBuilder text = new StringBuilder("  clip %d: frames".formatted(number));
    for (int frame : frames) {
      text.append(' ').append(frame);
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static String name(Resampling resampling) {
    return resampling.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String box(CropBox box) {
    return "%d x %d at %d, %d".formatted(box.width(), box.height(), box.left(), box.top());
  }
}

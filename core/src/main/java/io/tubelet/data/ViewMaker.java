package io.tubelet.data;

import io.tubelet.augment.Crop;
import io.tubelet.augment.Resizer;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import io.tubelet.clip.Size;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Makes all views of one video: opened once, each frame decoded once and resized once, whichever
 * views show it. Thread-safe.
 */
public final class ViewMaker {

  /**
   * The views of one video.
   *
   * @param pixels uint8 RGB, {@code [V, T, H, W, 3]}
   * @param views what each of them shows
   */
  public record Views(byte[] pixels, List<View> views) {}

  private static final long MOST_FRAME_BYTES = 256 << 20;

  private final VideoOpener opener;
  private final ViewsConfig config;
  private final ClipShape shape;

  /**
   * Views of this shape.
   *
   * @throws IllegalArgumentException when a crop is larger than the resized frames, or the views of
   *     one video more than an array holds
   */
  public ViewMaker(VideoOpener opener, ViewsConfig config, ClipShape shape) {
    config.requireFits(shape);
    long bytes = (long) config.number().total() * shape.bytes();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "views.number=%s of %d bytes each are %d bytes, more than one array holds (2 GiB)"
              .formatted(config.number(), shape.bytes(), bytes));
    }
    this.opener = opener;
    this.config = config;
    this.shape = shape;
  }

  /**
   * The views of {@code file}.
   *
   * @throws VideoException when it cannot be read, or has no frames
   */
  public Views make(Path file) throws VideoException {
    try (VideoReader reader = opener.open(file, DecodeOptions.NATIVE)) {
      VideoInfo info = reader.info();
      requireFrames(file, info);
      List<View> views = config.views(info, shape);
      byte[] pixels = new byte[views.size() * shape.bytes()];
      int[] needed =
          views.stream().flatMapToInt(v -> Arrays.stream(v.frames())).sorted().distinct().toArray();
      Frames resized = frame(file, info, views.get(0).resized());
      Resizer resizer = resizer(info, resized);
      reader.each(
          needed,
          (number, frame) -> {
            resizer.resize(frame, 0, false, resized.rgb(), 0);
            show(resized, number, views, pixels);
          });
      return new Views(pixels, views);
    }
  }

  /** Refuses a video from which nothing can be sampled. */
  static void requireFrames(Path file, VideoInfo info) throws VideoException {
    if (info.frames() < 1) {
      throw new VideoException(file, "has no frames");
    }
  }

  /** Room for one resized frame. */
  private static Frames frame(Path file, VideoInfo info, Size size) throws VideoException {
    long bytes = (long) size.height() * size.width() * ClipShape.CHANNELS;
    if (bytes > MOST_FRAME_BYTES) {
      throw new VideoException(
          file,
          "frames of %d x %d would be resized to %d x %d (width x height), too large for a view"
              .formatted(info.width(), info.height(), size.width(), size.height()));
    }
    return new Frames(1, size.height(), size.width(), new byte[(int) bytes]);
  }

  private Resizer resizer(VideoInfo info, Frames resized) {
    CropBox whole = new CropBox(0, 0, info.height(), info.width());
    return new Crop(whole, false, config.crops().resampling())
        .resizer(resized.height(), resized.width());
  }

  /** Copies the frame of this number into every place of every view that shows it. */
  private void show(Frames resized, int number, List<View> views, byte[] pixels) {
    int frameBytes = shape.bytes() / shape.frames();
    for (int v = 0; v < views.size(); v++) {
      int[] numbers = views.get(v).frames();
      for (int t = 0; t < numbers.length; t++) {
        if (numbers[t] == number) {
          int to = v * shape.bytes() + t * frameBytes;
          copy(resized, views.get(v).crop(), pixels, to);
        }
      }
    }
  }

  private static void copy(Frames resized, CropBox box, byte[] pixels, int to) {
    int rowBytes = box.width() * ClipShape.CHANNELS;
    for (int y = 0; y < box.height(); y++) {
      int pixel = (box.top() + y) * resized.width() + box.left();
      int from = pixel * ClipShape.CHANNELS;
      System.arraycopy(resized.rgb(), from, pixels, to + y * rowBytes, rowBytes);
    }
  }
}

package io.tubelet.curate;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.StoredVideo;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import io.tubelet.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One video decoded and written anew, and what was written decoded again: not a frame more or less.
 */
final class Transcoding {
  private final PrepareOptions options;

  Transcoding(PrepareOptions options) {
    this.options = options;
  }

  /**
   * Writes {@code target}, which appears when it is complete.
   *
   * @throws VideoException when the source cannot be read, or nothing that is right can be made of
   *     it; the target is not there then
   */
  void write(Path source, Path target) throws VideoException {
    int written;
    try (VideoReader reader = DecodedFrames.open(source, scaling(source))) {
      VideoInfo info = reader.info();
      int height = info.height() / 2 * 2; // an odd last row or column cannot be encoded
      int width = info.width() / 2 * 2;
      EncodeOptions encoding = encoding(source, info);
      try (VideoWriter writer = VideoWriter.create(target, height, width, encoding)) {
        written = copy(reader, writer, height, width);
        writer.finish();
      }
    }
    check(source, target, written);
  }

  /** Larger videos become smaller; smaller ones stay as they are, enlarging adds nothing. */
  private DecodeOptions scaling(Path source) throws VideoException {
    StoredVideo stored = StoredVideo.of(source);
    boolean larger = Math.min(stored.height(), stored.width()) > options.shortSide();
    return larger ? new DecodeOptions(options.shortSide()) : DecodeOptions.NATIVE;
  }

  private EncodeOptions encoding(Path source, VideoInfo info) throws VideoException {
    try {
      return options.encoding(info.fps());
    } catch (IllegalArgumentException e) {
      throw new VideoException(source, String.valueOf(e.getMessage()));
    }
  }

  /** Returns how many frames were written. */
  private int copy(VideoReader reader, VideoWriter writer, int height, int width)
      throws VideoException {
    double fps = reader.info().fps();
    int[] frame = {0};
    int[] written = {0};
    DecodedFrames.each(
        reader,
        picture -> {
          int copies = options.copies(frame[0]++, fps);
          Frames even = cut(picture, height, width);
          for (int i = 0; i < copies; i++) {
            writer.write(even);
            written[0]++;
          }
        });
    return written[0];
  }

  /** The upper left part of a picture. */
  static Frames cut(Frames picture, int height, int width) {
    if (picture.height() == height && picture.width() == width) {
      return picture;
    }
    int row = width * ClipShape.CHANNELS;
    byte[] rgb = new byte[height * row];
    for (int y = 0; y < height; y++) {
      System.arraycopy(picture.rgb(), y * picture.width() * ClipShape.CHANNELS, rgb, y * row, row);
    }
    return new Frames(1, height, width, rgb);
  }

  private static void check(Path source, Path target, int written) throws VideoException {
    try {
      int decoded = DecodedFrames.count(target);
      if (decoded != written) {
        throw new VideoException(
            source,
            "%d frames were written, but %d can be decoded from the result"
                .formatted(written, decoded));
      }
    } catch (VideoException wrong) {
      try {
        Files.deleteIfExists(target);
      } catch (IOException e) {
        wrong.addSuppressed(e);
      }
      throw wrong;
    }
  }
}

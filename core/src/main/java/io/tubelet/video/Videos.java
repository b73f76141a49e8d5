package io.tubelet.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where videos are opened. */
public final class Videos {
  private Videos() {}

  /**
   * Opens a video and counts its frames.
   *
   * <p>For MP4 and Matroska with the usual codecs this reads the packets without decoding them;
   * other files are decoded once from end to end, so that the count is right. Of several video
   * streams the first is taken.
   *
   * <p>Of a damaged file whatever decodes is served. Damage that an index does not show is met when
   * a frame it concerns is asked for: {@link VideoReader#frames} then refuses, never giving another
   * frame in its place.
   *
   * @throws VideoException when the file is missing, empty, not a regular file, holds no video, or
   *     none of its frames can be decoded
   */
  public static VideoReader open(Path file, DecodeOptions options) throws VideoException {
    requireContent(file);
    return new FfmpegVideoReader(file, FrameSource.open(file), options);
  }

  private static void requireContent(Path file) throws VideoException {
    if (Files.isDirectory(file)) {
      throw new VideoException(file, "is a directory");
    }
    if (!Files.exists(file)) {
      throw new VideoException(file, "does not exist");
    }
    if (!Files.isRegularFile(file)) { // reading a pipe would wait for ever
      throw new VideoException(file, "is not a regular file");
    }
    try {
      if (Files.size(file) == 0) {
        throw new VideoException(file, "is empty");
      }
    } catch (VideoException empty) {
      throw empty;
    } catch (IOException unreadable) {
      throw new VideoException(file, "cannot be read: " + unreadable.getMessage());
    }
  }
}

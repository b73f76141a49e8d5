package io.tubelet.video;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where videos are opened. */
public final class Videos {
  private Videos() {}

  /**
   * Opens a video and counts its frames.
   *
   * <p>For MP4 and Matroska with the usual codecs this reads the packets without decoding them;
   * other files are decoded once from end to end, so that the count is right, and where what is
   * learnt is kept once more, to find the places from which decoding can begin. What was learnt is
   * kept ({@link OpenOptions#indexCache}) and spares that the next time. A folder of numbered
   * pictures is a video too.
   *
   * <p>Of a damaged file whatever decodes is served. Damage that an index does not show is met when
   * a frame it concerns is asked for: {@link VideoReader#frames} then refuses, never giving another
   * frame in its place.
   *
   * @param file a regular file, a folder of numbered pictures, or a path into a shard such as
   *     {@code 000000.tar/000123.mp4}
   * @throws VideoException when the file is missing, empty, neither a regular file nor a folder,
   *     holds no video, none of its frames can be decoded, or a limit is passed
   */
  public static VideoReader open(Path file, DecodeOptions options) throws VideoException {
    return open(file, options, OpenOptions.DEFAULT);
  }

  /** The same, with a say in what is read of the file and what that may cost. */
  public static VideoReader open(Path path, DecodeOptions decode, OpenOptions options)
      throws VideoException {
    VideoLocation.of(path); // a clear word for what is no file, before FFmpeg has its own
    VideoFile file = VideoFile.of(path, options, decode.motion());
    FrameSource source;
    try {
      source = FrameSource.open(file);
    } catch (VideoException | RuntimeException | Error failure) {
      file.close();
      throw failure;
    }
    return new FfmpegVideoReader(file, source, decode);
  }

  /**
   * Whether a folder holds the frames of one video as numbered pictures, {@code img_00001.jpg} and
   * so on, and can be opened like a file.
   */
  public static boolean isFrameFolder(Path folder) {
    return Files.isDirectory(folder) && PictureSeries.isIn(folder);
  }
}

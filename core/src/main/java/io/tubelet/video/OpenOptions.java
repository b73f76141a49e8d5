package io.tubelet.video;

/**
 * What is read of a file, and what reading it may cost.
 *
 * @param indexCache folder that keeps what a pass over a file taught, so that it is made once;
 *     {@code auto} for {@code tubelet/index} in the user's cache folder, {@code off} for none
 * @param stream which of the file's video streams
 * @param folderFps frames per second of a folder of pictures, which does not say; 0 for unknown
 * @param deadline seconds that opening a file may take, and then each request for frames
 * @param maxFramePixels largest picture, as coded and as delivered
 * @param maxPixels largest sum of the pictures that one request for frames delivers
 */
public record OpenOptions(
    String indexCache,
    StreamChoice stream,
    double folderFps,
    double deadline,
    long maxFramePixels,
    long maxPixels) {

  /** {@link #indexCache}: the user's cache folder. */
  public static final String AUTO = "auto";

  /** {@link #indexCache}: none. */
  public static final String OFF = "off";

  /** The best stream, five minutes, pictures a little beyond 8K. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(AUTO, StreamChoice.BEST, 0, 300, 40_000_000, 4_000_000_000L);

  private static final long ROUNDING = 1 << 16; // matters for small pictures only

  private static final long MOST_FRAME_PIXELS = 700_000_000; // as RGB in one array

  public OpenOptions {
    if (indexCache.isBlank()) {
      throw new IllegalArgumentException(
          "open.index-cache must be auto, off or a folder, got '%s'".formatted(indexCache));
    }
    requireTime("folder-fps", folderFps, 0, 1000);
    requireTime("deadline", deadline, 0.001, 1e6);
    requireNumber("max-frame-pixels", maxFramePixels, 1, MOST_FRAME_PIXELS);
    requireNumber("max-pixels", maxPixels, 1, 1L << 50);
  }

  private static void requireNumber(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "open.%s must lie in [%d, %d], got %d".formatted(field, least, most, value));
    }
  }

  private static void requireTime(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "open.%s must lie in [%s, %s], got %s".formatted(field, least, most, value));
    }
  }

  /**
   * What FFmpeg may be asked to allocate for a picture of {@link #maxFramePixels}: it counts its
   * buffers, whose sides are rounded up.
   */
  long maxBufferPixels() {
    return 2 * maxFramePixels + ROUNDING;
  }

  /** The same with another cache of indices. */
  public OpenOptions withIndexCache(String folder) {
    return new OpenOptions(folder, stream, folderFps, deadline, maxFramePixels, maxPixels);
  }

  /** The same of another stream. */
  public OpenOptions withStream(StreamChoice other) {
    return new OpenOptions(indexCache, other, folderFps, deadline, maxFramePixels, maxPixels);
  }
}

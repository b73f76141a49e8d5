package io.tubelet.video;

/**
 * How frames are written.
 *
 * @param fps frames per second; GIF rounds the time between two to hundredths of a second
 * @param quantizer coarseness on the scale of H.264, 1 (finest, largest file; below 12 nothing
 *     changes) to 51
 * @param gop frames from one key frame to the next
 * @param codec of an MP4; a GIF has its own
 */
public record EncodeOptions(double fps, int quantizer, int gop, VideoCodec codec) {

  /** 25 frames a second, good quality, a key frame every 12 frames for quick seeking. */
  public static final EncodeOptions DEFAULT = new EncodeOptions(25, 22, 12);

  public EncodeOptions {
    if (!(fps > 0 && fps <= 1000)) {
      throw new IllegalArgumentException("fps must be above 0 and at most 1000, got " + fps);
    }
    if (quantizer < 1 || quantizer > 51) {
      throw new IllegalArgumentException("quantizer must be 1 to 51, got " + quantizer);
    }
    if (gop < 1) {
      throw new IllegalArgumentException("gop must be at least 1 frame, got " + gop);
    }
  }

  /** With the usual codec. */
  public EncodeOptions(double fps, int quantizer, int gop) {
    this(fps, quantizer, gop, VideoCodec.AUTO);
  }

  /** The same at another speed. */
  public EncodeOptions withFps(double framesPerSecond) {
    return new EncodeOptions(framesPerSecond, quantizer, gop, codec);
  }
}

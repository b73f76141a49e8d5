package io.tubelet.curate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoCodec;
import java.util.Locale;

/**
 * What videos are made into.
 *
 * @param shortSide pixels on the shorter side of those that are larger; 0 leaves every size
 * @param gop frames from one key frame to the next
 * @param codec of the pictures
 * @param quantizer coarseness, 1 (finest) to 51
 * @param fps frames per second that frames are repeated or left out for; 0 keeps each frame and the
 *     speed
 */
public record PrepareOptions(int shortSide, int gop, VideoCodec codec, int quantizer, double fps) {
  private static final int SMALLEST = 16;
  private static final double USUAL_FPS = 25;

  public PrepareOptions {
    if (shortSide != 0 && shortSide < SMALLEST) {
      throw new IllegalArgumentException(
          "short-side must be 0 (as it is) or at least %d, got %d".formatted(SMALLEST, shortSide));
    }
    if (!(fps >= 0 && fps <= 1000)) {
      throw new IllegalArgumentException("fps must be keep, or up to 1000, got " + fps);
    }
    new EncodeOptions(USUAL_FPS, quantizer, gop, codec); // checks the rest
  }

  /** How a source of so many frames a second is encoded. */
  EncodeOptions encoding(double sourceFps) {
    double rate = fps > 0 ? fps : sourceFps > 0 ? sourceFps : USUAL_FPS;
    return new EncodeOptions(rate, quantizer, gop, codec);
  }

  /**
   * How often a frame is written: frame {@code n} of the source is shown from {@code n / sourceFps}
   * on, and frame {@code j} of the result at {@code j / fps}.
   */
  int copies(int frame, double sourceFps) {
    if (fps == 0 || sourceFps <= 0) {
      return 1;
    }
    double ratio = fps / sourceFps;
    return (int) (Math.ceil((frame + 1) * ratio - SLACK) - Math.ceil(frame * ratio - SLACK));
  }

  private static final double SLACK = 1e-9; // 0.1 times 30 is a little more than 3

  /** For the note that a later run is compared with. */
  ObjectNode json() {
    return new ObjectMapper()
        .createObjectNode()
        .put("format", "tubelet-prepare-1")
        .put("short-side", shortSide)
        .put("gop", gop)
        .put("codec", codec.name().toLowerCase(Locale.ROOT))
        .put("quantizer", quantizer)
        .put("fps", fps);
  }
}

package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.mask.Mask;
import java.util.Locale;

/**
 * A clip, what of it was hidden, and what a model put there.
 *
 * @param original the clip
 * @param shape of the clip
 * @param mask which tokens the model saw
 * @param prediction frames of the clip's shape; only their hidden tokens are shown
 * @param predictedFrames numbers of the frames that the model predicts; the others are repetitions
 * @param mode how the prediction was made visible
 * @param masking name of the way of masking, such as {@code tube}
 * @param ratio the ratio asked for
 */
public record ReconstructedClip(
    Frames original,
    ClipShape shape,
    Mask mask,
    Frames prediction,
    int[] predictedFrames,
    Denormalisation mode,
    String masking,
    double ratio) {

  public ReconstructedClip {
    var grid = new TokenGrid(shape);
    grid.requireFits("original", original);
    grid.requireFits("prediction", prediction);
    int tokens = mask.visible().length + mask.hidden().length;
    if (tokens != shape.tokens()) {
      throw new IllegalArgumentException(
          "mask: expected %d tokens, got %d".formatted(shape.tokens(), tokens));
    }
  }

  /** Whether some frames repeat a neighbour because the model does not predict them. */
  public boolean repeatsFrames() {
    return predictedFrames.length < shape.frames();
  }

  boolean predicts(int frame) {
    for (int predicted : predictedFrames) {
      if (predicted == frame) {
        return true;
      }
    }
    return false;
  }

  /** What a reader has to know of the picture, in one line. */
  public String caption() {
    String caption =
        String.format(Locale.ROOT, "mask ratio %.2f (%s), %s", ratio, masking, mode.label());
    return repeatsFrames()
        ? caption
            + "; %d of %d frames are predicted, the others repeat the nearest of them"
                .formatted(predictedFrames.length, shape.frames())
        : caption;
  }
}

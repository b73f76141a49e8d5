package io.tubelet.augment;

import io.tubelet.clip.Frames;
import java.util.List;

/**
 * One change of a clip's look as it was drawn: enough to make the same pixels again.
 *
 * @param operation what is done
 * @param amount how strongly, as the operation says
 */
public record PhotometricChange(PhotometricOperation operation, double amount) {

  /** The same for every frame; {@code frames} is left as it is. */
  public Frames apply(Frames frames) {
    return operation.apply(frames, amount);
  }

  /** One change after the other; {@code frames} is left as it is. */
  public static Frames apply(Frames frames, List<PhotometricChange> changes) {
    Frames result = frames;
    for (PhotometricChange change : changes) {
      result = change.apply(result);
    }
    return result;
  }
}

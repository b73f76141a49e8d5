package io.tubelet.augment;

import io.tubelet.clip.Frames;

/**
 * One operation of {@link RandAugment} as it was drawn for a clip: enough to make the same pixels
 * again.
 *
 * @param operation what is done
 * @param magnitude how strongly, from 0 to 10
 * @param negated whether the other way: rotated anticlockwise or clockwise, lighter or darker; only
 *     for operations that have two ways
 */
public record AppliedOperation(Operation operation, double magnitude, boolean negated) {

  public AppliedOperation {
    if (!(magnitude >= 0 && magnitude <= Operation.MAX_MAGNITUDE)) {
      throw new IllegalArgumentException(
          "the magnitude of %s must lie from 0 to %d, got %s"
              .formatted(operation, Operation.MAX_MAGNITUDE, magnitude));
    }
    if (negated && !operation.signed()) {
      throw new IllegalArgumentException(operation + " has one direction and cannot be negated");
    }
  }

  /** The same for every frame; {@code frames} is left as it is. */
  public Frames apply(Frames frames) {
    return operation.apply(frames, operation.argument(magnitude, negated));
  }
}

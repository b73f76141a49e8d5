package io.tubelet.pickle;

import io.tubelet.tensor.ElementType;

/**
 * A flat run of numbers that lies outside the pickle, by the key it is filed under.
 *
 * @param elements its length as the pickle claims it
 */
record StorageReference(ElementType type, String key, long elements) {

  /** Checks that the length can be a number of bytes at all; whoever holds the file checks it. */
  static StorageReference checked(ElementType type, String key, long elements)
      throws PickleException {
    if (elements < 0 || elements > Long.MAX_VALUE / type.width()) {
      throw new PickleException("storage '%s' claims to have %d elements".formatted(key, elements));
    }
    return new StorageReference(type, key, elements);
  }

  long bytes() {
    return elements * type.width();
  }
}

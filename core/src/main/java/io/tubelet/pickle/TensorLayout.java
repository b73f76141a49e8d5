package io.tubelet.pickle;

import java.util.Arrays;

/**
 * How a tensor lies in its storage, checked: every element it reaches is inside.
 *
 * @param offset of the first element, in elements
 * @param sizes one per dimension, at most {@value #MAX_DIMENSIONS}
 * @param strides steps in elements; zero repeats
 */
record TensorLayout(StorageReference storage, long offset, long[] sizes, long[] strides) {
  static final int MAX_DIMENSIONS = 32;

  /** Zero strides let a few bytes pose as a tensor of any size; real files repeat little. */
  static final long MAX_REPEATED = 1L << 24;

  /** Checks before anything is made. */
  static TensorLayout checked(StorageReference storage, long offset, long[] sizes, long[] strides)
      throws PickleException {
    String shape = "tensor %s with strides %s".formatted(text(sizes), text(strides));
    if (sizes.length != strides.length || sizes.length > MAX_DIMENSIONS) {
      throw new PickleException(
          "a tensor of %d sizes has %d strides (as many of both, and at most %d, are possible)"
              .formatted(sizes.length, strides.length, MAX_DIMENSIONS));
    }
    long elements = 1;
    long last = offset;
    boolean empty = false;
    try {
      for (int i = 0; i < sizes.length; i++) {
        if (sizes[i] < 0 || strides[i] < 0) {
          throw new PickleException(shape + " has a negative size or stride");
        }
        empty |= sizes[i] == 0;
        elements = Math.multiplyExact(elements, Math.max(1, sizes[i]));
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, sizes[i] - 1), strides[i]));
      }
    } catch (ArithmeticException tooLarge) {
      throw new PickleException(shape + " is larger than any memory");
    }
    if (offset < 0 || (empty ? offset > storage.elements() : last >= storage.elements())) {
      throw new PickleException(
          "%s from element %d leaves storage '%s' of %d elements"
              .formatted(shape, offset, storage.key(), storage.elements()));
    }
    if (!empty && elements > Math.max(MAX_REPEATED, storage.elements())) {
      throw new PickleException(
          "%s has %d elements in a storage of %d; repeated tensors may have %d"
              .formatted(shape, elements, storage.elements(), MAX_REPEATED));
    }
    return new TensorLayout(storage, offset, sizes.clone(), strides.clone());
  }

  private static String text(long[] numbers) {
    return numbers.length > MAX_DIMENSIONS
        ? "of %d numbers".formatted(numbers.length)
        : Arrays.toString(numbers);
  }
}

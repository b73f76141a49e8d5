package io.tubelet.pickle;

import io.tubelet.tensor.ElementType;

/** A tensor whose numbers lie in the pickle itself. */
record InlineTensor(TensorLayout layout, byte[] data) {

  /**
   * Without gaps.
   *
   * @param columnsFirst whether the first index runs fastest
   */
  static InlineTensor dense(ElementType type, long[] sizes, boolean columnsFirst, byte[] data)
      throws PickleException {
    if (data.length % type.width() != 0 || sizes.length > TensorLayout.MAX_DIMENSIONS) {
      throw new PickleException(
          "an array of %s with %d dimensions has %d bytes"
              .formatted(type, sizes.length, data.length));
    }
    long elements = data.length / type.width();
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int k = 0; k < sizes.length; k++) {
      int i = columnsFirst ? k : sizes.length - 1 - k;
      strides[i] = step;
      // Capped, so that impossible sizes cannot overflow before they are refused below.
      step = Math.min(elements + 1, step * Math.min(elements + 1, Math.max(1, sizes[i])));
    }
    StorageReference storage = StorageReference.checked(type, "inline", elements);
    return new InlineTensor(TensorLayout.checked(storage, 0, sizes, strides), data);
  }
}

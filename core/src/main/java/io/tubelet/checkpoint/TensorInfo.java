package io.tubelet.checkpoint;

import io.tubelet.tensor.ElementType;
import java.util.List;

/**
 * What a file says of a tensor before its numbers are touched.
 *
 * @param shape sizes, outermost first; empty for a single number
 */
public record TensorInfo(String name, ElementType type, List<Long> shape) {

  /** libtorch keeps a bit for each dimension in a word of this many. */
  private static final int MAX_DIMENSIONS = 64;

  public TensorInfo {
    shape = List.copyOf(shape);
    if (shape.size() > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "shape has %d dimensions, at most %d are possible"
              .formatted(shape.size(), MAX_DIMENSIONS));
    }
    long bytes = type.width();
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("shape %s has a negative size".formatted(shape));
      }
      // Strides are products of sizes too, so the zeros of an empty tensor must not hide the
      // others.
      if (Math.multiplyHigh(bytes, Math.max(size, 1)) != 0 || bytes * Math.max(size, 1) < 0) {
        throw new IllegalArgumentException("shape %s exceeds 2^63 bytes".formatted(shape));
      }
      bytes *= Math.max(size, 1);
    }
  }

  /** The product of the shape. */
  public long elements() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  /** The room it takes in a file. */
  public long bytes() {
    return elements() * type.width();
  }

  /** The shape as libtorch takes it. */
  public long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}

package io.tubelet.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Checks at the edges of the library; a message shows what was expected and what came. */
public final class Shapes {
  private Shapes() {}

  /**
   * Passes {@code tensor} on when it has this shape.
   *
   * @param expected sizes, -1 for any
   * @throws IllegalArgumentException naming the argument and both shapes
   */
  public static Tensor require(Tensor tensor, String name, long... expected) {
    long[] actual = of(tensor);
    boolean fits = actual.length == expected.length;
    for (int i = 0; fits && i < expected.length; i++) {
      fits = expected[i] == -1 || expected[i] == actual[i];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: expected %s, got %s"
              .formatted(name, Arrays.toString(expected), Arrays.toString(actual)));
    }
    return tensor;
  }

  /** The sizes of a tensor. */
  public static long[] of(Tensor tensor) {
    long[] sizes = new long[(int) tensor.dim()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = tensor.size(i);
    }
    return sizes;
  }
}

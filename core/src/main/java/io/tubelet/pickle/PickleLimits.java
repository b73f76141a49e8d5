package io.tubelet.pickle;

/**
 * How much a pickle may ask for before it is refused. The values bound heap and time, not the
 * tensors' own bytes, which stay in the file.
 *
 * @param depth nesting of containers
 * @param items values pushed or memoised while reading, and values in the result when every shared
 *     part is counted where it is used (a few hundred bytes can describe a billion)
 * @param textBytes length of one string or byte string
 * @param pickleBytes length of one pickle
 */
public record PickleLimits(int depth, int items, int textBytes, int pickleBytes) {
  /** Ten times what the largest published checkpoint with optimiser state needs. */
  public static final PickleLimits DEFAULT = new PickleLimits(100, 1_000_000, 1 << 25, 1 << 27);

  public PickleLimits {
    requirePositive("depth", depth);
    requirePositive("items", items);
    requirePositive("textBytes", textBytes);
    requirePositive("pickleBytes", pickleBytes);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, is %d".formatted(name, value));
    }
  }
}

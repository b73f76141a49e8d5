package io.tubelet.mask;

/**
 * Token numbers of one clip, each list ascending: {@code visible} feeds the encoder, {@code hidden}
 * the loss. Together they are all tokens, each once, but for those that a {@link DecoderMask}
 * spares.
 */
public record Mask(int[] visible, int[] hidden) {

  public Mask {
    if (visible.length == 0 || hidden.length == 0) {
      throw new IllegalArgumentException(
          "a mask must keep and hide at least one token: visible=%d, hidden=%d"
              .formatted(visible.length, hidden.length));
    }
  }

  /** From one flag a token, true where hidden. */
  public static Mask ofHidden(boolean[] isHidden) {
    int count = 0;
    for (boolean h : isHidden) {
      count += h ? 1 : 0;
    }
    int[] visible = new int[isHidden.length - count];
    int[] hidden = new int[count];
    int v = 0;
    int m = 0;
    for (int token = 0; token < isHidden.length; token++) {
      if (isHidden[token]) {
        hidden[m++] = token;
      } else {
        visible[v++] = token;
      }
    }
    return new Mask(visible, hidden);
  }

  /** From one flag a place, true where hidden in every slot. */
  static Mask ofHiddenPlaces(boolean[] isHidden, int slots) {
    boolean[] tokens = new boolean[slots * isHidden.length];
    for (int slot = 0; slot < slots; slot++) {
      System.arraycopy(isHidden, 0, tokens, slot * isHidden.length, isHidden.length);
    }
    return ofHidden(tokens);
  }
}

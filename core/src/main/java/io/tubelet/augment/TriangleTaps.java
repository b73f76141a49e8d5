package io.tubelet.augment;

/**
 * For each place of a resized line the source places it is made of and their weights, as Pillow
 * computes them for its BILINEAR filter: a triangle of half-width {@code max(1, from / to)}.
 *
 * <p>Weights are fixed-point with {@link #BITS} bits; those of one place sum to one up to rounding.
 * {@code weights} holds {@code perPlace} numbers a place, of which {@code count} are used.
 */
record TriangleTaps(int[] first, int[] count, int[] weights, int perPlace) {

  /** Precision of the weights: 32 bits less 8 for the pixel and 2 to spare. */
  static final int BITS = 22;

  /** One half in that precision: added before shifting, it rounds. */
  static final int HALF = 1 << (BITS - 1);

  static TriangleTaps of(int from, int to) {
    double scale = (double) from / to;
    double halfWidth = Math.max(1, scale);
    int perPlace = (int) Math.ceil(halfWidth) * 2 + 1;
    int[] first = new int[to];
    int[] count = new int[to];
    int[] weights = new int[to * perPlace];
    double[] exact = new double[perPlace];
    for (int place = 0; place < to; place++) {
      double centre = (place + 0.5) * scale;
      first[place] = Math.max(0, (int) (centre - halfWidth + 0.5));
      count[place] = Math.min(from, (int) (centre + halfWidth + 0.5)) - first[place];
      double sum = 0;
      for (int i = 0; i < count[place]; i++) {
        double distance = Math.abs((i + first[place] - centre + 0.5) * (1 / halfWidth));
        exact[i] = Math.max(0, 1 - distance);
        sum += exact[i];
      }
      for (int i = 0; i < count[place]; i++) {
        weights[place * perPlace + i] = (int) (0.5 + exact[i] / sum * (1 << BITS));
      }
    }
    return new TriangleTaps(first, count, weights, perPlace);
  }
}

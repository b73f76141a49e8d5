package io.tubelet.visual;

/** Mean and unbiased variance of some numbers. */
record Moments(double mean, double variance) {

  /** Of every {@code stride}-th value from {@code first} on. */
  static Moments of(float[] values, int first, int stride) {
    double sum = 0;
    int count = 0;
    for (int i = first; i < values.length; i += stride) {
      sum += values[i];
      count++;
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = first; i < values.length; i += stride) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return new Moments(mean, squares / Math.max(1, count - 1));
  }
}

package io.tubelet.optim;

/**
 * How slowly weights follow: from {@code first} with half a cosine to 1, where they stand still
 * (BYOL, https://arxiv.org/abs/2006.07733; MoCo v3's programs).
 *
 * @param first in [0, 1); 0.99 for 300 epochs in MoCo v3
 * @param steps updates of the whole run
 */
public record CosineMomentum(double first, long steps) {
  public CosineMomentum {
    if (!(first >= 0 && first < 1)) {
      throw new IllegalArgumentException("contrast.momentum must lie in [0, 1), got " + first);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("a run has at least one step, got " + steps);
    }
  }

  /** The momentum when so many updates are done. */
  public double at(long done) {
    return 1 - (1 - first) * (1 + Math.cos(Math.PI * done / steps)) / 2;
  }
}

package io.tubelet.probe;

import java.util.Locale;

/**
 * How well the labels of some clips were guessed.
 *
 * @param top1 share of clips whose likeliest class is the right one, 0 to 1
 * @param logLoss mean of {@code -ln p} of the right class; infinite where training diverged
 * @param clips how many were scored
 */
public record Score(double top1, double logLoss, int clips) {

  /** {@code 23.5 % (2.695)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f %% (%.3f)", 100 * top1, logLoss);
  }
}

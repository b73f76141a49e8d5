package io.tubelet.study;

import io.tubelet.probe.ProbeKind;
import java.util.Locale;

/**
 * What a trial measures.
 *
 * @param name heads its column
 * @param share whether it is a share, 0 to 1, that tables print in per cent
 */
public record Measure(String name, boolean share) {
  /** The loss of pre-training at its end: comparable between rows of the same target only. */
  public static final Measure LOSS = new Measure("pre-training loss", false);

  /** Top-1 on the test videos after the last epoch of training with labels. */
  public static final Measure FINE_TUNED = new Measure("fine-tuned top-1", true);

  /** The loss of training with labels at its end. */
  public static final Measure TRAINING_LOSS = new Measure("fine-tuning loss", false);

  /** Of all stages together. */
  public static final Measure MINUTES = new Measure("minutes", false);

  /** Top-1 of a probe on the test videos. */
  public static Measure probe(ProbeKind kind) {
    return new Measure(
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " probe top-1", true);
  }
}

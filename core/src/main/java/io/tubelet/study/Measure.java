package io.tubelet.study;

import io.tubelet.probe.ProbeKind;
import java.util.Locale;

/**
 * What a trial measures.
 *
 * @param name heads its column
 * @param share whether it is a share, 0 to 1, that tables print in per cent
 * @param decimals that tables print of it
 */
public record Measure(String name, boolean share, int decimals) {
  /** The loss of pre-training at its end: comparable between rows of the same target only. */
  public static final Measure LOSS = new Measure("pre-training loss", false, 3);

  /** Top-1 on the test videos after the last epoch of training with labels. */
  public static final Measure FINE_TUNED = new Measure("fine-tuned top-1", true, 1);

  /** The loss of training with labels at its end. */
  public static final Measure TRAINING_LOSS = new Measure("fine-tuning loss", false, 3);

  /** Of the pre-training's updates, whichever row it was done for. */
  public static final Measure PRETRAINING_MINUTES = new Measure("pre-training min", false, 1);

  /** Of all stages together. */
  public static final Measure MINUTES = new Measure("minutes", false, 1);

  /** What a pre-training's update is estimated to hold in memory, in MiB. */
  public static final Measure MEMORY = new Measure("memory MiB, estimated", false, 0);

  /** Multiply-adds of a clip's forward pass in pre-training, in 10^9. */
  public static final Measure WORK = new Measure("GFLOPs a clip", false, 3);

  /** Videos that were pre-trained on. */
  public static final Measure VIDEOS = new Measure("unlabelled videos", false, 0);

  /** Videos whose labels were learnt from. */
  public static final Measure LABELS = new Measure("labelled videos", false, 0);

  /** Top-1 of a probe on the test videos. */
  public static Measure probe(ProbeKind kind) {
    return new Measure(
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " probe top-1", true, 1);
  }
}

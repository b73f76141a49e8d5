package io.tubelet.train;

import io.tubelet.data.Cursor;

/**
 * Where a run stands besides its weights and moments: what a resumed run must know to go on as if
 * it had never stopped.
 *
 * @param step updates done
 * @param cursor the next place in the stream of samples
 * @param baseline loss of predicting the mean, over the first batches
 * @param baselineBatches how many batches that was
 * @param unreported losses since the last line of the log
 * @param seconds training time so far, over all sittings
 */
public record Progress(
    long step,
    Cursor cursor,
    double baseline,
    int baselineBatches,
    LossMeter.Sums unreported,
    double seconds) {

  /** The beginning of a run. */
  public static final Progress START = new Progress(0, Cursor.START, 0, 0, LossMeter.Sums.NONE, 0);
}

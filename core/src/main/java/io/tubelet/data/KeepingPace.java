package io.tubelet.data;

import java.util.Arrays;

/**
 * How many workers are enough, reckoned from what is measured: the seconds in which one worker
 * makes the clips of a video, and the seconds in which the training uses up a batch.
 *
 * <p>More workers than that make no clip sooner that is wanted sooner; they come in bursts, all at
 * once when a batch has been taken, and on a CPU they take the cores from the model then. Which
 * clips are made, and in which order, does not depend on the number.
 *
 * <p>Implementation note: work is a moving mean, as a slow file must be paid for by the others, but
 * what a batch takes is the median of the last ones, so that a look at the validation set in
 * between is not taken for slowness. Whenever training had to wait there is one worker more; one
 * less after each batch for which it is enough. Thread-safe.
 */
final class KeepingPace {
  /** What is needed is met with this to spare: videos differ. */
  private static final double HEADROOM = 1.25;

  /** A wait counts if it takes more than this share of a batch's time. */
  private static final double NOTICED = 0.01;

  private static final int BATCHES = 9;
  private static final double WEIGHT_OF_LATEST = 1.0 / 16;

  private final int most;
  private final int videosPerBatch;
  private final double[] training = new double[BATCHES]; // seconds, a ring
  private long batches;
  private double making; // seconds of one worker for a video
  private int workers;

  /** Begins with all workers, to which the first batches matter most. */
  KeepingPace(int most, int videosPerBatch) {
    this.most = most;
    this.videosPerBatch = videosPerBatch;
    this.workers = most;
  }

  /** A worker has made the clips of a video. */
  synchronized void made(double seconds) {
    making = making == 0 ? seconds : making + WEIGHT_OF_LATEST * (seconds - making);
  }

  /**
   * A batch was taken.
   *
   * @param trainingSeconds since the one before was handed out
   * @param waitSeconds that the training then stood still for this one
   * @return how many workers there should be from now on
   */
  synchronized int taken(double trainingSeconds, double waitSeconds) {
    training[(int) (batches++ % BATCHES)] = trainingSeconds;
    if (batches < BATCHES) {
      return workers; // the first updates are slow: libraries warm up, and memory is first used
    }
    double batch = median();
    int enough = (int) Math.ceil(HEADROOM * making * videosPerBatch / Math.max(batch, 1e-9));
    if (waitSeconds > NOTICED * batch) {
      workers++;
    } else if (enough < workers) {
      workers--;
    }
    workers = Math.max(1, Math.min(workers, most));
    return workers;
  }

  /** How many there are now. */
  synchronized int workers() {
    return workers;
  }

  private double median() {
    double[] sorted = training.clone();
    Arrays.sort(sorted);
    return sorted[BATCHES / 2];
  }
}

package io.tubelet.data;

/** The endless stream of batches that a training takes. */
public interface Batches extends AutoCloseable {

  /**
   * Starts to make batches.
   *
   * @param start where in the stream to begin
   * @param stretch which videos of each batch are made here
   * @param verdicts what is heard of the others
   * @param threads that decode, where the configuration names no number
   */
  static Batches open(
      Manifest manifest,
      DataConfig config,
      BatchSpec spec,
      Seeds seeds,
      Cursor start,
      Stretch stretch,
      Verdicts verdicts,
      int threads) {
    VideoOpener opener = config.opener();
    return stretch.isWhole()
        ? new ClipLoader(manifest, opener, config, spec, seeds, start)
        : new StretchLoader(
            manifest, opener, config, spec, seeds, start, stretch, verdicts, threads);
  }

  /**
   * The next batch; waits until it is made.
   *
   * @throws DataException when too many videos cannot be read
   */
  Batch next() throws InterruptedException, DataException;

  /** Videos left out so far. */
  Quarantine quarantine();

  /** Seconds that {@link #next} has waited in all. */
  double waitSeconds();

  /** Threads that make clips now. */
  int workers();

  @Override
  void close();
}

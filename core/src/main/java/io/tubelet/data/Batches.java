package io.tubelet.data;

/** The endless stream of batches that a training takes. */
public interface Batches extends AutoCloseable {

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

  @Override
  void close();
}

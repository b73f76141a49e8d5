package io.tubelet.measure;

import io.tubelet.train.StopSignal;
import java.io.IOException;

/** Reads clips one after the other, in one of the ways that are measured. */
interface ClipReading extends AutoCloseable {

  /**
   * Reads at least so many clips; fewer when asked to stop.
   *
   * @param from the first of them, where they are numbered
   * @return how many
   */
  long read(long from, long clips, StopSignal stop) throws IOException, InterruptedException;

  @Override
  void close();
}

package io.tubelet.run;

import io.tubelet.data.Manifest;
import io.tubelet.train.StopSignal;
import java.io.IOException;

/** One sitting of a training without labels; at the run's end, its report. */
public sealed interface PretrainingRun extends AutoCloseable permits PretrainRun, ContrastRun {

  /**
   * Trains to the end or until asked to stop; at the end, writes the report.
   *
   * @param shown videos of which the report has pictures
   */
  RunResult run(StopSignal stop, Manifest shown) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}

package io.tubelet.report;

import java.io.Closeable;
import java.io.IOException;

/** A place that wants to know of every reported step; steps come in ascending order. */
public interface StepSink extends Closeable {

  void accept(StepReport report) throws IOException;

  /** An update is done that is not reported; for those who show a sign of life. */
  default void onStep(long step) {}
}

package io.tubelet.train;

import io.tubelet.report.StepReport;
import java.io.IOException;

/** Hears of a run: what is logged, and when it wants to be saved. */
public interface RunListener {

  void onReport(StepReport report) throws IOException;

  /** The run can be resumed from here, with the model and the optimizer as they are now. */
  void onCheckpoint(Progress progress, double lastLoss) throws IOException;
}

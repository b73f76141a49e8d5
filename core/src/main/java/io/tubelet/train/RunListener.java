package io.tubelet.train;

import io.tubelet.report.StepReport;
import java.io.IOException;

/** Hears of a run: what is logged, and when it wants to be saved. */
public interface RunListener {

  /**
   * The run begins, or goes on, after this update.
   *
   * @return whether it is to be saved again as it stands
   */
  boolean onBegin(long step) throws IOException, InterruptedException;

  /**
   * An update is done; nothing has been read from the device for it.
   *
   * @return whether the run is to be saved now, whatever the configuration says
   */
  boolean onStep(long step) throws IOException, InterruptedException;

  void onReport(StepReport report) throws IOException;

  /**
   * The run can be resumed from here, with the model and the optimizer as they are now.
   *
   * @param loss mean since the last report, or the report's own
   */
  void onCheckpoint(Progress progress, double loss) throws IOException;
}

package io.tubelet.cli;

import io.tubelet.report.ProgressLine;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how a run goes on: one live line on a terminal, plain lines anywhere else. */
final class ProgressDisplay implements StepSink {
  private final ProgressLine line;
  private final PrintWriter out;
  private final @Nullable ProgressBar bar;

  ProgressDisplay(String task, ProgressLine line, PrintWriter out) {
    this.line = line;
    this.out = out;
    this.bar =
        onTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(line.totalSteps())
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" steps", 1)
                .setUpdateIntervalMillis(250)
                .build()
            : null;
  }

  /** The launcher knows whether a person is watching. */
  static boolean onTerminal() {
    return Boolean.getBoolean("tubelet.terminal");
  }

  @Override
  public void accept(StepReport report) {
    if (bar == null) {
      out.println(line.of(report));
      out.flush();
    } else {
      bar.stepTo(report.step());
      bar.setExtraMessage(ProgressLine.figures(report));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

package io.tubelet.cli;

import io.tubelet.report.ProgressLine;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.Validation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how a run goes on: one live line on a terminal, plain lines anywhere else. */
final class ProgressDisplay implements StepSink, Consumer<Validation> {
  private static final long SILENCE_NANOS = 30_000_000_000L;
  private static final int UPDATE_MILLIS = 250;

  private final ProgressLine line;
  private final PrintWriter out;
  private final String task;
  private @Nullable ProgressBar bar;
  private long lastWord = System.nanoTime();

  ProgressDisplay(String task, ProgressLine line, PrintWriter out) {
    this.task = task;
    this.line = line;
    this.out = out;
  }

  /** The launcher knows whether a person is watching. */
  static boolean onTerminal() {
    return Boolean.getBoolean("tubelet.terminal");
  }

  @Override
  public void onStep(long step) {
    if (onTerminal()) {
      bar(step).stepTo(step);
    } else if (System.nanoTime() - lastWord > SILENCE_NANOS) {
      say("step %d/%d".formatted(step, line.totalSteps()));
    }
  }

  @Override
  public void accept(StepReport report) {
    if (onTerminal()) {
      bar(report.step()).setExtraMessage(ProgressLine.figures(report));
    } else {
      say(line.of(report));
    }
  }

  @Override
  public void accept(Validation look) {
    String words =
        String.format(
            Locale.ROOT,
            "validation after epoch %.1f: top-1 %.1f %%, top-5 %.1f %%, log-loss %.3f",
            look.epoch(),
            100 * look.top1(),
            100 * look.top5(),
            look.logLoss());
    if (onTerminal()) {
      words = System.lineSeparator() + words; // below the bar, which is drawn again after it
    }
    say(words);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** Made at the first update, so that a resumed run's bar does not begin at nothing. */
  private ProgressBar bar(long step) {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(line.totalSteps())
              .startsFrom(step - 1, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .build();
    }
    return bar;
  }

  private void say(String words) {
    out.println(words);
    out.flush();
    lastWord = System.nanoTime();
  }
}

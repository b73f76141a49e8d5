package io.tubelet.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how many things are done: a bar on a terminal, now and then a line anywhere else. */
final class CountDisplay implements AutoCloseable {
  private static final long SILENCE_NANOS = 15_000_000_000L;
  private static final int UPDATE_MILLIS = 250;

  private final long all;
  private final String unit;
  private final PrintWriter out;
  private final @Nullable ProgressBar bar;
  private final long begin = System.nanoTime();
  private long lastWord = begin;

  CountDisplay(String task, long all, String unit, PrintWriter out) {
    this.all = all;
    this.unit = unit;
    this.out = out;
    bar =
        ProgressDisplay.onTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(all)
                .startsFrom(0, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .build()
            : null;
  }

  void reached(long count) {
    long now = System.nanoTime();
    if (bar != null) {
      bar.stepTo(count);
    } else if (now - lastWord > SILENCE_NANOS || count == all) {
      double seconds = (now - begin) / 1e9;
      out.printf(
          "%,d of %,d %s, %.1f a second%n", count, all, unit, count / Math.max(1e-9, seconds));
      out.flush();
      lastWord = now;
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

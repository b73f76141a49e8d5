package io.tubelet.measure;

import io.tubelet.measure.Windows.Visit;
import io.tubelet.train.StopSignal;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoReader;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decodes windows to RGB frames at their own size, the file opened anew for each visit, as a loader
 * does it; every thread takes the next visit as soon as it is free.
 */
final class WindowReading implements ClipReading {
  private final Windows windows;
  private final OpenOptions open;
  private final int workers;
  private final ExecutorService threads;

  WindowReading(Windows windows, OpenOptions open, int workers) {
    this.windows = windows;
    this.open = open;
    this.workers = workers;
    this.threads = Executors.newFixedThreadPool(workers);
  }

  @Override
  public long read(long from, long clips, StopSignal stop)
      throws IOException, InterruptedException {
    long first = from / windows.repeats();
    long end = first + (clips + windows.repeats() - 1) / windows.repeats();
    AtomicLong next = new AtomicLong(first);
    Callable<Long> worker =
        () -> {
          long visits = 0;
          for (long v = next.getAndIncrement();
              v < end && !stop.isRequested();
              v = next.getAndIncrement()) {
            decode(windows.visit(v));
            visits++;
          }
          return visits;
        };
    List<Callable<Long>> work = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      work.add(worker);
    }
    long visits = 0;
    for (Future<Long> done : threads.invokeAll(work)) {
      visits += result(done);
    }
    return visits * windows.repeats();
  }

  private void decode(Visit visit) throws VideoException {
    try (VideoReader reader = Videos.open(visit.video().file(), DecodeOptions.NATIVE, open)) {
      reader.frames(visit.frames());
    }
  }

  private static long result(Future<Long> done) throws IOException, InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("a window could not be read: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package io.tubelet.curate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The same work on many videos by several threads.
 *
 * @param workers threads; 0 takes one for each processor
 * @param stop asked before each video is begun; once it says yes, none is begun any more
 * @param progress hears how many videos are done, from any thread, one call at a time
 */
public record InParallel(int workers, BooleanSupplier stop, LongConsumer progress) {

  public InParallel {
    if (workers < 0) {
      throw new IllegalArgumentException("workers must be 0 (all cores) or more, got " + workers);
    }
  }

  /**
   * The results, in the order of the videos; fewer where it was stopped: then those of videos that
   * were not begun are left out.
   *
   * @throws IOException when the work on a video threw it wrapped: then none is begun any more
   * @throws IllegalStateException when it failed in another way
   */
  <T, R> List<R> map(List<T> videos, Function<T, R> work) throws IOException, InterruptedException {
    int threads = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads, InParallel::daemon);
    try {
      AtomicLong done = new AtomicLong();
      List<Future<List<R>>> pending = new ArrayList<>(videos.size());
      for (T video : videos) {
        pending.add(pool.submit(() -> one(video, work, done)));
      }
      List<R> results = new ArrayList<>(videos.size());
      for (Future<List<R>> one : pending) {
        results.addAll(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException unchecked) {
        throw unchecked.getCause();
      }
      throw new IllegalStateException("working on a video failed: " + e.getCause(), e);
    } finally {
      pool.shutdownNow();
      pool.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private <T, R> List<R> one(T video, Function<T, R> work, AtomicLong done) {
    if (stop.getAsBoolean()) {
      return List.of();
    }
    R result = work.apply(video);
    synchronized (done) {
      progress.accept(done.incrementAndGet());
    }
    return List.of(result);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "curate");
    thread.setDaemon(true);
    return thread;
  }
}

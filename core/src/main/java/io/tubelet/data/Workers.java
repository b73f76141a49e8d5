package io.tubelet.data;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that do jobs in the order in which they are given, each taking the next as soon as it is
 * free.
 *
 * <p>A job that runs beyond the limit is given up: it counts as done with the result it named for
 * that case, and a fresh thread takes the place of the one that hangs, which ends when it returns.
 * A thread inside a native library cannot be stopped, only left behind.
 */
final class Workers implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final ThreadPoolExecutor threads;
  private final long limit; // nanoseconds
  private final Set<Job<?>> running = ConcurrentHashMap.newKeySet();
  private int wanted; // threads that can be counted on
  private int lost; // threads that hang

  /** Work that is asked for, and what came of it. */
  final class Job<T> implements Runnable {
    private final Callable<T> work;
    private final T ifGivenUp;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private volatile long end; // of System.nanoTime

    private Job(Callable<T> work, T ifGivenUp) {
      this.work = work;
      this.ifGivenUp = ifGivenUp;
    }

    @Override
    public void run() {
      end = System.nanoTime() + limit;
      running.add(this);
      try {
        result.complete(work.call());
      } catch (Throwable failure) {
        result.completeExceptionally(failure);
      } finally {
        if (!running.remove(this)) {
          lose(-1); // it was given up, and replaced
        }
      }
    }

    private void giveUp() {
      if (running.remove(this)) {
        result.complete(ifGivenUp);
        lose(1);
      }
    }

    /**
     * What came of it; waits.
     *
     * @throws ExecutionException with what the work threw
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    T await() throws InterruptedException, ExecutionException {
      while (true) {
        try {
          return result.get(giveUpOverdue(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException lookAgain) {
          // Not this job's fault perhaps: it may still wait for a thread.
        }
      }
    }

    void cancel() {
      result.cancel(false);
    }
  }

  /**
   * Starts no thread yet.
   *
   * @param seconds the limit of a job
   */
  Workers(int count, double seconds) {
    limit = (long) (seconds * 1e9);
    wanted = count;
    threads =
        new ThreadPoolExecutor(
            count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons());
  }

  /**
   * Queues work.
   *
   * @param ifGivenUp its result if it takes too long
   * @throws java.util.concurrent.RejectedExecutionException after closing
   */
  <T> Job<T> submit(Callable<T> work, T ifGivenUp) {
    Job<T> job = new Job<>(work, ifGivenUp);
    threads.execute(job);
    return job;
  }

  /** Nanoseconds until the next running job may be overdue. */
  private long giveUpOverdue() {
    long next = limit;
    for (Job<?> job : running) {
      long left = job.end - System.nanoTime();
      if (left <= 0) {
        job.giveUp();
      } else {
        next = Math.min(next, left);
      }
    }
    return next;
  }

  /**
   * Changes how many threads do jobs; one that is busy finishes its job before it goes.
   *
   * @param count at least 1
   */
  synchronized void use(int count) {
    if (count != wanted) {
      wanted = count;
      resize();
    }
  }

  private synchronized void lose(int more) {
    lost += more;
    resize();
  }

  private void resize() {
    int count = wanted + lost;
    if (count > threads.getMaximumPoolSize()) {
      threads.setMaximumPoolSize(count); // never below the other
      threads.setCorePoolSize(count);
    } else {
      threads.setCorePoolSize(count);
      threads.setMaximumPoolSize(count);
    }
  }

  /** Takes no more work, drops what has not begun, and waits a little for what has. */
  @Override
  public void close() {
    threads.shutdownNow().forEach(waiting -> ((Job<?>) waiting).cancel());
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "clip-loader-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}

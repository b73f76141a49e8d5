package io.tubelet.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;

/**
 * Threads that compute with tensors side by side, each with its own share of libtorch's operator
 * threads.
 *
 * <p>Operators of one thread that share cores with another's wait for each other at every barrier;
 * threads that need no barrier do not. Scopes and the switch for gradients belong to a thread, so
 * work handed over here opens its own.
 */
public final class ComputeThreads implements AutoCloseable {
  private final ExecutorService threads;
  private final int count;

  /**
   * Starts them. The caller's own operators keep all the threads they had.
   *
   * @param count how many work side by side
   * @param operatorThreads how many threads an operator of each may use
   */
  public ComputeThreads(int count, int operatorThreads) {
    if (count < 1 || operatorThreads < 1) {
      throw new IllegalArgumentException(
          "at least one thread with one operator thread is needed, got %d with %d"
              .formatted(count, operatorThreads));
    }
    this.count = count;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(work, "compute-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    int own = torch.get_num_threads();
    all(Collections.nCopies(count, () -> limitOperators(operatorThreads)));
    torch.set_num_threads(own); // the last word counts for threads that libtorch has yet to meet
  }

  /** One for each operator thread of the caller, as far as there are clips; one on a GPU. */
  public static ComputeThreads forBatches(int clips, Placement placement) {
    int all = torch.get_num_threads();
    int count = placement.kind() == Placement.Kind.CPU ? Math.min(all, clips) : 1;
    return new ComputeThreads(count, Math.max(1, all / count));
  }

  /**
   * libtorch's number is the thread's own once it has been asked for. Every thread gets one task:
   * each waits at no other, but a fixed pool starts a thread for each of its first tasks.
   */
  private static int limitOperators(int operatorThreads) {
    torch.set_num_threads(operatorThreads);
    return torch.get_num_threads();
  }

  /** What is done with the clips from one number up to another, which is not among them. */
  @FunctionalInterface
  public interface Stretch<T> {
    /** The result of stretch number {@code part}. */
    T of(int part, int from, int to);
  }

  /** Divides clips among the threads, as evenly as can be, and gives the results in order. */
  public <T> List<T> divide(int clips, Stretch<T> work) {
    int parts = Math.min(count, clips);
    List<Callable<T>> stretches = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int part = i;
      stretches.add(() -> work.of(part, part * clips / parts, (part + 1) * clips / parts));
    }
    return all(stretches);
  }

  /**
   * Does all of the work and gives the results in its order. Returns only when nothing is being
   * computed any more, even where the caller is interrupted meanwhile or a part fails: tensors of
   * the caller's scope are in use until then.
   *
   * @throws RuntimeException the first failure, with the others added to it
   */
  public <T> List<T> all(List<? extends Callable<? extends T>> work) {
    List<Future<? extends T>> futures = new ArrayList<>();
    for (Callable<? extends T> part : work) {
      futures.add(threads.submit(part));
    }
    List<T> results = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    boolean interrupted = false;
    for (Future<? extends T> future : futures) {
      boolean done = false;
      while (!done) {
        try {
          results.add(future.get());
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          failures.add(e.getCause() == null ? e : e.getCause());
          done = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow(failures);
    return results;
  }

  private static void rethrow(List<Throwable> failures) {
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.get(0);
    failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof RuntimeException failure) {
      throw failure;
    }
    if (first instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(first);
  }

  /** Ends the threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}

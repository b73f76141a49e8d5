package io.tubelet.probe;

import io.tubelet.video.VideoException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clips decoded by workers some way ahead of where they are used, handed out in order. */
final class ReadAhead implements AutoCloseable {
  private record Pending(String name, Future<byte[]> pixels) {}

  private final ExecutorService workers;
  private final Iterator<LabelledClip> waiting;
  private final Queue<Pending> ahead = new ArrayDeque<>();

  /**
   * @param depth how many clips are decoded or held beyond the one in use
   */
  ReadAhead(List<LabelledClip> clips, int threads, int depth) {
    workers =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "features-decode");
              thread.setDaemon(true);
              return thread;
            });
    waiting = clips.iterator();
    for (int i = 0; i < depth; i++) {
      submit();
    }
  }

  private void submit() {
    if (waiting.hasNext()) {
      LabelledClip clip = waiting.next();
      ahead.add(new Pending(clip.name(), workers.submit(clip.views()::pixels)));
    }
  }

  /**
   * The next clip's pixels.
   *
   * @throws IOException naming the clip that cannot be had
   */
  byte[] next() throws IOException, InterruptedException {
    submit();
    Pending first = ahead.remove();
    try {
      return first.pixels().get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof VideoException broken) {
        throw broken; // it names the file
      }
      throw new IOException("clip '%s': %s".formatted(first.name(), cause.getMessage()), cause);
    }
  }

  /** Lets go of what is being decoded. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}

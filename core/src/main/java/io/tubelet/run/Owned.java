package io.tubelet.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Parts of a run that are closed together, the latest first. */
final class Owned implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <C extends AutoCloseable> C add(C part) {
    parts.push(part);
    return part;
  }

  /** Closes everything; one failure does not keep the others open. */
  @Override
  public void close() throws IOException {
    IOException failed = new IOException("the run's files could not be closed");
    closeAfter(failed);
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
  }

  /** Closes everything after a failure, which takes up what fails now. */
  void closeAfter(Exception failed) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception second) {
        failed.addSuppressed(second);
      }
    }
  }
}

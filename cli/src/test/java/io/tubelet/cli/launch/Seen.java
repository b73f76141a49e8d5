package io.tubelet.cli.launch;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A screen that remembers, and on which a word can be waited for. */
final class Seen extends OutputStream {
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private final CountDownLatch seen = new CountDownLatch(1);
  private final String word;

  /**
   * A screen.
   *
   * @param word that is waited for
   */
  Seen(String word) {
    this.word = word;
  }

  @Override
  public synchronized void write(int b) {
    all.write(b);
    if (b == '\n' && text().contains(word)) {
      seen.countDown();
    }
  }

  synchronized String text() {
    return all.toString(StandardCharsets.UTF_8);
  }

  void await() throws InterruptedException {
    seen.await();
  }

  Screen screen() {
    PrintStream print = new PrintStream(this, true, StandardCharsets.UTF_8);
    return new Screen(print, print);
  }
}

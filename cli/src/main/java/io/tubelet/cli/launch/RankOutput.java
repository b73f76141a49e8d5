package io.tubelet.cli.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads one stream of a rank to its end: into its log, and onto the screen what belongs there. */
final class RankOutput implements Runnable {
  private static final int CHUNK = 8192;

  private final InputStream stream;
  private final RankLog log;
  private final Shown shown;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean returned;

  RankOutput(InputStream stream, RankLog log, Shown shown) {
    this.stream = stream;
    this.log = log;
    this.shown = shown;
  }

  /** What of a stream is shown. */
  interface Shown {
    /** Bytes as they come, lines begun among them. */
    default void bytes(byte[] bytes, int count) {}

    /** A line that is whole. */
    default void line(String line) {}
  }

  @Override
  public void run() {
    byte[] chunk = new byte[CHUNK];
    try (stream) {
      int count;
      while ((count = stream.read(chunk)) >= 0) {
        shown.bytes(chunk, count);
        for (int i = 0; i < count; i++) {
          add(chunk[i]);
        }
      }
    } catch (IOException ended) {
      // as after the last byte: what came is there
    }
    if (line.size() > 0) {
      endLine();
    }
  }

  private void add(byte next) {
    if (next == '\n') {
      endLine();
      return;
    }
    if (returned) {
      line.reset(); // a progress bar draws itself again: of a log's line, its last state counts
      returned = false;
    }
    if (next == '\r') {
      returned = true;
    } else {
      line.write(next);
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    returned = false;
    log.add(text);
    shown.line(text);
  }
}

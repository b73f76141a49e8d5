package io.tubelet.cli.launch;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that a rank says, in a file; its last lines are remembered. */
final class RankLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RankLog.class);
  private static final int REMEMBERED = 15;

  private final Path file;
  private final Writer writer;
  private final Deque<String> last = new ArrayDeque<>();

  /** Goes on below what an earlier start of the rank has left. */
  RankLog(Path file) throws IOException {
    this.file = file;
    writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  Path file() {
    return file;
  }

  synchronized void add(String line) {
    last.addLast(line);
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
    write(line);
  }

  /** A line of the launcher's, which is not the rank's own. */
  synchronized void head(String line) {
    write(line);
  }

  synchronized List<String> lastLines() {
    return List.copyOf(last);
  }

  /** A full disk must not end a run that may still save itself elsewhere. */
  private void write(String line) {
    try {
      writer.write(line);
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.getMessage());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}

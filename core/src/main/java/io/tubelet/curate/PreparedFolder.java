package io.tubelet.curate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.data.DataException;
import io.tubelet.file.WholeFile;
import io.tubelet.shards.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where prepared videos go, and the note of what is finished: {@code prepare.json} says how they
 * are made, {@code finished.tsv} has a line for each that was written and checked. With these a run
 * that was stopped goes on, and another one cannot mix its videos in. Thread-safe.
 */
final class PreparedFolder implements AutoCloseable {
  private static final String SETTINGS = "prepare.json";
  private static final String FINISHED = "finished.tsv";
  private static final int PROBE_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<String, String> finished; // target to the rest of its line
  private final Writer log;

  private PreparedFolder(Path folder, Map<String, String> finished, Writer log) {
    this.folder = folder;
    this.finished = finished;
    this.log = log;
  }

  /**
   * Takes a new folder, or one that was begun with the same options.
   *
   * @throws DataException when it holds anything else
   */
  static PreparedFolder open(Path folder, PrepareOptions options) throws IOException {
    Path settings = folder.resolve(SETTINGS);
    if (Files.isRegularFile(settings)) {
      requireSame(settings, options);
    } else if (Files.exists(folder) && !isEmpty(folder)) {
      throw new DataException(
          "%s: is not empty and was not begun by 'data prepare'; give a new folder"
              .formatted(folder));
    } else {
      Files.createDirectories(folder);
      WholeFile.write(
          settings, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(options.json()));
    }
    Path log = folder.resolve(FINISHED);
    Map<String, String> finished = read(log);
    StringBuilder whole = new StringBuilder(); // without a line that a kill has cut
    finished.forEach((target, rest) -> whole.append(target).append('\t').append(rest).append('\n'));
    WholeFile.write(log, whole.toString().getBytes(UTF_8));
    return new PreparedFolder(
        folder, finished, Files.newBufferedWriter(log, UTF_8, StandardOpenOption.APPEND));
  }

  private static void requireSame(Path settings, PrepareOptions options) throws IOException {
    JsonNode there;
    try {
      there = JSON.readTree(Files.readAllBytes(settings));
    } catch (JsonProcessingException e) {
      throw new DataException(settings + ": cannot be read; give a new folder");
    }
    JsonNode wanted = JSON.readTree(options.json().toString()); // numbers of the same types
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      JsonNode old = there.path(field.getKey());
      if (!old.equals(field.getValue())) {
        throw new DataException(
            "%s: was begun with %s %s, now it is %s; give another folder, or the same options"
                .formatted(
                    settings, field.getKey(), old.asText("unknown"), field.getValue().asText()));
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private static Map<String, String> read(Path log) throws IOException {
    Map<String, String> finished = new HashMap<>();
    if (!Files.isRegularFile(log)) {
      return finished;
    }
    String text = new String(Files.readAllBytes(log), UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    text.substring(0, end)
        .lines()
        .map(line -> line.split("\t", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> finished.put(parts[0], parts[1]));
    return finished;
  }

  /** Where the video of this name belongs. */
  Path file(String target) {
    return folder.resolve(target);
  }

  /** Whether this target was finished from this source, as both are now. */
  boolean isFinished(String target, Path source) throws IOException {
    String noted;
    synchronized (this) {
      noted = finished.get(target);
    }
    Path file = file(target);
    return noted != null && Files.isRegularFile(file) && noted.equals(line(source, file));
  }

  /** Notes that a target is complete and checked. */
  void finish(String target, Path source) throws IOException {
    String line = line(source, file(target));
    synchronized (this) {
      finished.put(target, line);
      log.write(target + "\t" + line + "\n");
      log.flush();
    }
  }

  /**
   * Writes something and removes it again.
   *
   * @throws UncheckedIOException when that fails: then nothing else can be written either
   */
  void requireWritable() {
    try {
      Path probe = Files.createTempFile(folder, "probe", ".tmp");
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /** By what both are recognised as unchanged. */
  private static String line(Path source, Path file) throws IOException {
    Optional<ByteRange> content = ByteRange.of(source); // none of a folder of pictures
    Path changed = content.isPresent() ? content.get().file() : source;
    return "%d\t%d\t%d"
        .formatted(
            content.map(ByteRange::bytes).orElse(0L),
            Files.getLastModifiedTime(changed).toMillis(),
            Files.size(file));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}

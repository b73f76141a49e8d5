package io.tubelet.run;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The names of what a run keeps, and the lock that makes its folder one process's own. */
public record RunFolder(Path path) {

  Path config() {
    return path.resolve("config.yaml");
  }

  Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  Path validation() {
    return path.resolve("validation.jsonl");
  }

  Path quarantine() {
    return path.resolve("quarantine.tsv");
  }

  /** The page of the run. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** Whether a run was ever begun here, saved or not. */
  public boolean holdsRun() {
    return Files.exists(config()) || Files.exists(metrics());
  }

  /**
   * Refuses a folder that does not hold what a sitting expects.
   *
   * @throws IOException when it must be fresh and is not
   * @throws ConfigException when there is nothing to resume
   */
  void require(Start start) throws IOException {
    if (start == Start.FRESH && holdsRun()) {
      throw new CheckpointException(
          path, "holds a run already; --resume goes on with it, or choose another folder");
    }
    if (start == Start.RESUME && !holdsRun()) {
      throw new ConfigException(
          "%s: there is no run to resume; leave out --resume to begin one".formatted(path));
    }
  }

  /**
   * Takes the folder for this process until the channel is closed; the system frees it when the
   * process dies.
   *
   * @throws CheckpointException when another process trains there
   */
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException sameProcess) {
      // told below, like a lock of another process
    }
    channel.close();
    throw new CheckpointException(path, "another process is training in this folder");
  }
}

package io.tubelet.checkpoint;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * The five operations whose order decides what a kill or a full disk can cost. Tests put in its
 * place one that fails, or stops, at any of them.
 */
interface Disk {
  /** What a file shall hold, poured out piece by piece. */
  @FunctionalInterface
  interface Content {
    void pourInto(WritableByteChannel out) throws IOException;
  }

  void createFolder(Path folder) throws IOException;

  /** Writes a file from its beginning and forces it to the disk. */
  void write(Path file, Content content) throws IOException;

  /** Gives a file or folder another name in the same folder, in one step that is then forced. */
  void rename(Path from, Path to) throws IOException;

  /** Forces a folder's list of names to the disk. */
  void syncFolder(Path folder) throws IOException;

  /** Deletes a file or an empty folder. */
  void delete(Path path) throws IOException;

  /** Writes a file that appears whole or not at all. */
  default void replace(Path file, Content content) throws IOException {
    Path hidden = file.resolveSibling("." + file.getFileName() + ".writing");
    try {
      write(hidden, content);
      rename(hidden, file);
    } catch (IOException e) {
      throw notWritten(file, e, () -> delete(hidden));
    }
  }

  /** An undoing that may fail as well. */
  @FunctionalInterface
  interface Undo {
    void run() throws IOException;
  }

  /** Undoes what was begun, so that a full disk is freed, and says what could not be written. */
  static CheckpointException notWritten(Path target, IOException cause, Undo undo) {
    CheckpointException report =
        new CheckpointException(
            target,
            "could not be written (%s); what was there before is untouched"
                .formatted(because(cause)),
            cause);
    try {
      undo.run();
    } catch (IOException e) {
      report.addSuppressed(e);
    }
    return report;
  }

  private static String because(IOException cause) {
    String kind = cause.getClass().getSimpleName();
    return cause instanceof CheckpointException || kind.equals("IOException")
        ? String.valueOf(cause.getMessage())
        : kind + ": " + cause.getMessage();
  }
}

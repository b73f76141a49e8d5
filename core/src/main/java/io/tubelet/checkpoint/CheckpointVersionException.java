package io.tubelet.checkpoint;

import java.nio.file.Path;

/** A whole checkpoint, but of a format this version does not know: not damage, so no fallback. */
public final class CheckpointVersionException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  CheckpointVersionException(Path file, String found, int known) {
    super(
        file,
        "is of format version %s, this program reads version %d; use the version of Tubelet that wrote it"
            .formatted(found, known));
  }
}

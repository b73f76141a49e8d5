package io.tubelet.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file of weights that cannot be read, written or used; the message names it and the reason. */
public class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public CheckpointException(Path file, String reason) {
    super(file + ": " + reason);
    this.reason = reason;
  }

  public CheckpointException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.reason = reason;
  }

  /** The reason alone, for a message that has already named the file. */
  public String reason() {
    return reason;
  }
}

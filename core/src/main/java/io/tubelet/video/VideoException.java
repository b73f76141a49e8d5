package io.tubelet.video;

import java.io.IOException;
import java.nio.file.Path;

/** A file that cannot be read as video; the message names the file and the reason. */
public final class VideoException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public VideoException(Path file, String reason) {
    super(file + ": " + reason);
    this.reason = reason;
  }

  /** The reason alone, for a table that has the file in another column. */
  public String reason() {
    return reason;
  }
}

package io.tubelet.data;

import java.io.IOException;

/** Data that cannot be trained on: one sentence for the user, naming the file and what is wrong. */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }
}

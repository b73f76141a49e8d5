package io.tubelet.probe;

import java.io.IOException;

/**
 * A clip whose features are wanted.
 *
 * @param name for messages and reports
 * @param label its class, from 0
 * @param views its pixels, when asked for
 */
public record LabelledClip(String name, int label, Views views) {

  /** Decodes all views of a clip. Called by a worker, once. */
  @FunctionalInterface
  public interface Views {
    /** {@code [V, T, H, W, 3]} bytes, as many for every clip of a list. */
    byte[] pixels() throws IOException, InterruptedException;
  }
}

package io.tubelet.cli.launch;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Shows a stream byte by byte, a progress bar's half lines too, but for what libtorch's engine says
 * of its connections.
 */
final class AsItIs implements RankOutput.Shown {
  private static final byte[] HIDDEN = "[Gloo]".getBytes(StandardCharsets.US_ASCII);

  private final PrintStream screen;

  /** How much of a line's beginning is like {@link #HIDDEN}; -1 in a line that is not. */
  private int alike;

  AsItIs(PrintStream screen) {
    this.screen = screen;
  }

  @Override
  public void bytes(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      next(bytes[i]);
    }
    screen.flush();
  }

  private void next(byte b) {
    if (alike == HIDDEN.length) {
      alike = b == '\n' ? 0 : alike;
      return;
    }
    if (alike >= 0 && b == HIDDEN[alike]) {
      alike++;
      return;
    }
    if (alike > 0) {
      screen.write(HIDDEN, 0, alike);
    }
    screen.write(b);
    alike = b == '\n' || b == '\r' ? 0 : -1;
  }
}

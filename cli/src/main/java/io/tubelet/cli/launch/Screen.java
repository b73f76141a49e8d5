package io.tubelet.cli.launch;

import java.io.PrintStream;

/**
 * Where a person sees what ranks and launcher say.
 *
 * @param out results
 * @param err warnings, errors and the launcher's own words
 */
public record Screen(PrintStream out, PrintStream err) {
  /** A sentence of the launcher. */
  void say(String sentence) {
    line("tubelet: " + sentence);
  }

  /** A line of a rank. */
  void quote(int rank, String line) {
    line("[rank %d] %s".formatted(rank, line));
  }

  private void line(String text) {
    err.println(text);
    err.flush();
  }
}

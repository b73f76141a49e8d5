package io.tubelet.cli.launch;

import java.util.List;

/** Shows the warnings and errors of a rank, each line with its number. */
record Complaints(int rank, Screen screen) implements RankOutput.Shown {
  private static final List<String> BEGINNINGS =
      List.of("WARN", "ERROR", "tubelet:", "Exception in thread", "Error: ");

  @Override
  public void line(String line) {
    if (BEGINNINGS.stream().anyMatch(line::startsWith)) {
      screen.quote(rank, line);
    }
  }
}

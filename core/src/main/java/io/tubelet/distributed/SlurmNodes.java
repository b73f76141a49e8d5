package io.tubelet.distributed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slurm's way to write lists of machines: {@code node[01-04,07],gpu3}. */
final class SlurmNodes {
  /** A name's beginning, then any number of ranges in brackets with text behind each. */
  private static final Pattern BRACKET =
      Pattern.compile("\\[([0-9]+)(?:-[0-9]+)?(?:,[0-9]+(?:-[0-9]+)?)*]");

  private SlurmNodes() {}

  /** The first machine of a list: {@code node01} of {@code node[01-04,07],gpu3}. */
  static String first(String name, String list) {
    String word = firstWord(list);
    String first =
        BRACKET.matcher(word).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
    if (first.isBlank() || first.matches(".*[\\[\\]\\s].*")) {
      throw new IllegalArgumentException(
          "%s=%s: the first machine cannot be told; written node1,node2 or node[01-04,07]; MASTER_ADDR can name it"
              .formatted(name, list));
    }
    return first;
  }

  /** Up to the first comma outside of brackets. */
  private static String firstWord(String list) {
    int depth = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && depth == 0) {
        return list.substring(0, i);
      }
    }
    return list;
  }
}

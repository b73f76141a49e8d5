package io.tubelet.distributed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slurm's way to write how many tasks each machine has: {@code 4(x2),3} for 4, 4 and 3. */
final class SlurmTasks {
  private static final Pattern WORD = Pattern.compile("([0-9]{1,9})(?:\\(x([0-9]{1,6})\\))?");

  private SlurmTasks() {}

  static List<Integer> perNode(String name, String text) {
    List<Integer> tasks = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      Matcher matcher = WORD.matcher(word.trim());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "%s=%s: '%s' is not a number of tasks, written 4 or 4(x2)".formatted(name, text, word));
      }
      int times = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
      tasks.addAll(Collections.nCopies(times, Integer.valueOf(matcher.group(1))));
    }
    return tasks;
  }
}

package io.tubelet.published;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Their names and ours, side by side. An entry that ends in a dot stands for all names below it,
 * any other for itself.
 */
final class NameTable {
  private final Map<String, String> theirsToOurs = new LinkedHashMap<>();
  private final Map<String, String> oursToTheirs = new LinkedHashMap<>();

  /** Adds a line. */
  NameTable line(String theirs, String ours) {
    theirsToOurs.put(theirs, ours);
    oursToTheirs.put(ours, theirs);
    return this;
  }

  /** Adds the position tables of one network, which carry the same endings in both. */
  NameTable positions(String theirs, String ours) {
    return line(theirs, ours + ".joint")
        .line(theirs + "_spatial", ours + ".spatial")
        .line(theirs + "_temporal", ours + ".temporal")
        .line(theirs + "_class", ours + ".class");
  }

  /** Our name of theirs, where the table knows it. */
  Optional<String> ours(String theirs) {
    return find(theirsToOurs, theirs)
        .map(
            name -> name.replace(".gamma_1", ".scale1.gamma").replace(".gamma_2", ".scale2.gamma"));
  }

  /** Their name of ours, where the table knows it. */
  Optional<String> theirs(String ours) {
    return find(oursToTheirs, ours)
        .map(
            name -> name.replace(".scale1.gamma", ".gamma_1").replace(".scale2.gamma", ".gamma_2"));
  }

  private static Optional<String> find(Map<String, String> lines, String name) {
    String exact = lines.get(name);
    if (exact != null && !name.endsWith(".")) {
      return Optional.of(exact);
    }
    return lines.entrySet().stream()
        .filter(line -> line.getKey().endsWith(".") && name.startsWith(line.getKey()))
        .findFirst()
        .map(line -> line.getValue() + name.substring(line.getKey().length()));
  }
}

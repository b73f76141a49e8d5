package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of every tensor.
 *
 * @param loaded as they were
 * @param adapted with what was done to each
 * @param unused in the file, without a place in the model
 * @param missing in the model, without a value in the file; with the reason where a value was there
 *     that does not fit
 */
public record LoadReport(
    List<String> loaded, List<String> adapted, List<String> unused, List<String> missing) {
  private static final int SHOWN = 12;

  public LoadReport {
    loaded = List.copyOf(loaded);
    adapted = List.copyOf(adapted);
    unused = List.copyOf(unused);
    missing = List.copyOf(missing);
  }

  /** The counts, and every tensor that was not simply loaded. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d loaded, %d adapted, %d unused, %d missing"
            .formatted(loaded.size(), adapted.size(), unused.size(), missing.size()));
    lines.addAll(changes());
    unused.forEach(one -> lines.add("unused  " + one));
    return lines;
  }

  /** Every tensor of the model that is not one of the file. */
  List<String> changes() {
    List<String> changes = new ArrayList<>();
    adapted.forEach(one -> changes.add("adapted " + one));
    missing.forEach(one -> changes.add("missing " + one));
    return changes;
  }

  /** The error of a file that does not fit. */
  static CheckpointException refusal(
      Path file, List<String> unused, List<String> missing, String remedy) {
    return new CheckpointException(
        file,
        "does not fit its model: %s; %s; %s"
            .formatted(part("unused", unused), part("missing", missing), remedy));
  }

  private static String part(String what, List<String> tensors) {
    if (tensors.isEmpty()) {
      return "0 " + what;
    }
    String shown = String.join(", ", tensors.subList(0, Math.min(SHOWN, tensors.size())));
    String more = tensors.size() > SHOWN ? ", ..." : "";
    return "%d %s: %s%s".formatted(tensors.size(), what, shown, more);
  }
}

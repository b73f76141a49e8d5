package io.tubelet.run;

import java.nio.file.Path;

/** The names of what a run keeps. */
public record RunFolder(Path path) {

  Path config() {
    return path.resolve("config.yaml");
  }

  Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  Path quarantine() {
    return path.resolve("quarantine.tsv");
  }

  /** The page of the run. */
  public Path report() {
    return path.resolve("report.html");
  }
}

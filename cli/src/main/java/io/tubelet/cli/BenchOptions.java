package io.tubelet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What all measurements have in common: how often, where results go, and their course. */
final class BenchOptions {
  @Option(
      names = "--repeat",
      defaultValue = "5",
      paramLabel = "N",
      description = "Measurements of each case that count.")
  private int repeat;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      paramLabel = "N",
      description = "Measurements of each case before that.")
  private int warmUp;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/bench-${COMMAND-NAME}",
      description = "Where the results go, as JSON and as a picture.")
  private Path out;

  int repeat() {
    return repeat;
  }

  int warmUp() {
    return warmUp;
  }

  Path out() {
    return out;
  }

  /** Measures cases; {@link #obstacle} may speak against one. */
  interface Bench<C, R> {
    /** Why a case should not be tried. */
    default Optional<String> obstacle(C measured) {
      return Optional.empty();
    }

    /** What was measured; empty when interrupted before that. */
    Optional<R> measure(C measured) throws IOException, InterruptedException;
  }

  /** Takes all results so far. */
  interface Sink<R> {
    void write(List<R> results) throws IOException;
  }

  /**
   * Measures cases one after the other and tells of each on a line. All results are written after
   * every case: what was measured is there however this ends.
   */
  static <C, R> List<R> measure(
      List<C> cases,
      Function<C, String> describeCase,
      Bench<C, R> bench,
      Function<R, String> describeResult,
      Sink<R> sink,
      BooleanSupplier stop,
      PrintWriter print)
      throws IOException, InterruptedException {
    List<R> results = new ArrayList<>();
    for (int i = 0; i < cases.size() && !stop.getAsBoolean(); i++) {
      C measured = cases.get(i);
      print.printf("%d of %d: %s ... ", i + 1, cases.size(), describeCase.apply(measured));
      print.flush();
      Optional<String> obstacle = bench.obstacle(measured);
      if (obstacle.isPresent()) {
        print.println("left out: " + obstacle.get());
        continue;
      }
      Optional<R> result = bench.measure(measured);
      print.println(result.map(describeResult).orElse("interrupted"));
      print.flush();
      if (result.isPresent()) {
        results.add(result.get());
        sink.write(results);
      }
    }
    return results;
  }

  /** A complaint that begins with an option's name, as the user wrote that. */
  static IllegalArgumentException named(IllegalArgumentException wrong) {
    return new IllegalArgumentException("--" + wrong.getMessage(), wrong);
  }
}

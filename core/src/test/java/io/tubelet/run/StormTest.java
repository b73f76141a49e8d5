package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.data.Manifest;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fifth of the list is truncated, empty, no video, or never ends: training goes through, and
 * nothing but the counts is different.
 */
class StormTest {
  private static final int BROKEN = 12;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void run_aFifthOfTheListBroken_endsWithTheSameWeightsHoweverManyWorkers(@TempDir Path folder)
      throws Exception {
    Path sound = SmallRun.clips(folder.resolve("clips"));
    Set<String> broken = new TreeSet<>();
    Path list = storm(folder, sound, broken);
    List<List<Double>> losses = new ArrayList<>();
    for (String workers : new String[] {"1", "4"}) {
      Path run = folder.resolve("run" + workers);
      RunResult result =
          SmallRun.run(
              SmallRun.plan(list, "data.max-broken", "0.25", "data.workers", workers),
              run,
              new StopSignal());
      assertThat(result.finished()).isTrue();
      List<String> lines = Files.readAllLines(run.resolve("quarantine.tsv"));
      assertThat(lines.subList(1, lines.size()).stream().map(line -> line.split("\t")[0]))
          .containsExactlyElementsOf(broken);
      assertThat(lines).noneMatch(line -> line.contains("unexpected"));
      losses.add(
          MetricsLog.read(run.resolve("metrics.jsonl")).stream().map(StepReport::loss).toList());
    }
    assertThat(losses.get(0)).isNotEmpty().isEqualTo(losses.get(1));
  }

  /** One bad file in five, of each kind as many. */
  private static Path storm(Path folder, Path sound, Set<String> broken) throws Exception {
    List<Manifest.Entry> entries = Manifest.read(sound).entries();
    assertThat(entries).hasSizeGreaterThanOrEqualTo(4 * BROKEN);
    byte[] whole = Files.readAllBytes(entries.get(0).file());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < BROKEN; i++) {
      Path bad = folder.resolve("bad%02d.mp4".formatted(i));
      switch (i % 4) {
        case 0 -> Files.write(bad, Arrays.copyOf(whole, 300 + 20 * i));
        case 1 -> Files.createFile(bad);
        case 2 -> Files.writeString(bad, "this is no video\n".repeat(50));
        default -> assumeTrue(pipe(bad), "this system makes no named pipes");
      }
      broken.add(bad.toString());
      lines.add(bad.toString());
      for (int k = 0; k < 4; k++) {
        lines.add(entries.get(4 * i + k).file().toString());
      }
    }
    return Files.write(folder.resolve("storm.txt"), lines);
  }

  /** Whoever opens it to read waits for a writer that never comes. */
  private static boolean pipe(Path file) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}

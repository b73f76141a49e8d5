package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {

  private final Path folder;

  MetricsLogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file() {
    return folder.resolve("metrics.jsonl");
  }

  private static void write(MetricsLog log, long from, long to) throws IOException {
    for (long step = from; step <= to; step++) {
      log.accept(Reports.at(step, 1.0 / step));
    }
  }

  @Test
  void report_writtenAndRead_isTheSame() throws IOException {
    StepReport report =
        new StepReport(1234, 4.1, 0.712345678, 1.2e-3, 0.02, 186.5, 0.031, 3, 2, 99.5, 1L << 33);
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      log.accept(report);
    }
    assertThat(MetricsLog.read(file())).containsExactly(report);
  }

  @Test
  void line_isOneJsonObjectWithPlainNames() throws IOException {
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      log.accept(Reports.at(7, 0.5));
    }
    JsonNode json = new ObjectMapper().readTree(Files.readString(file()));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "step",
            "epoch",
            "loss",
            "lr",
            "grad_norm",
            "clips_per_second",
            "loader_wait_share",
            "loader_workers",
            "skipped_steps",
            "elapsed_seconds",
            "rss_bytes");
    assertThat(json.get("loss").asDouble()).isEqualTo(0.5);
  }

  @Test
  void report_isOnDiskBeforeTheLogIsClosed() throws IOException {
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      write(log, 1, 3);
      assertThat(MetricsLog.read(file())).hasSize(3);
    }
  }

  @Test
  void lossThatIsNotFinite_becomesNullAndComesBackAsNaN() throws IOException {
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      log.accept(Reports.at(1, Double.POSITIVE_INFINITY));
    }
    assertThat(Files.readString(file())).contains("\"loss\":null").doesNotContain("Infinity");
    assertThat(MetricsLog.read(file()).get(0).loss()).isNaN();
  }

  @Test
  void resumedRun_writesTheFileOfAnUninterruptedOne() throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    try (MetricsLog log = MetricsLog.resume(whole, 0)) {
      write(log, 1, 20);
    }
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      write(log, 1, 13); // killed after step 13, the last checkpoint is of step 10
    }
    try (MetricsLog log = MetricsLog.resume(file(), 10)) {
      write(log, 11, 20);
    }
    assertThat(file()).hasSameTextualContentAs(whole);
  }

  @Test
  void truncatedLastLine_isPassedOverAndCutOnResume() throws IOException {
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      write(log, 1, 5);
    }
    Files.writeString(file(), "{\"step\":6,\"lo", StandardOpenOption.APPEND);
    assertThat(MetricsLog.read(file())).hasSize(5);
    try (MetricsLog log = MetricsLog.resume(file(), 5)) {
      write(log, 6, 6);
    }
    assertThat(MetricsLog.read(file()).stream().mapToLong(StepReport::step))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 6).boxed().toList());
  }

  @Test
  void lineThatIsNoReport_isNamedByFileAndNumber() throws IOException {
    Files.write(file(), List.of("{\"step\":1}", "not json", "{\"step\":3}"));
    assertThatThrownBy(() -> MetricsLog.read(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metrics.jsonl line 2 is not a step report: not json");
  }

  @Test
  void resume_withoutFile_startsOne() throws IOException {
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      write(log, 1, 1);
    }
    assertThat(MetricsLog.read(file())).hasSize(1);
  }

  @Test
  void resume_leavesNoTemporaryFile() throws IOException {
    try (MetricsLog log = MetricsLog.resume(file(), 0)) {
      write(log, 1, 3);
    }
    MetricsLog.resume(file(), 2).close();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }
}

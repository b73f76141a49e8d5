package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationLogTest {

  private final Path file;

  ValidationLogTest(@TempDir Path folder) {
    file = folder.resolve("validation.jsonl");
  }

  private static Validation at(long step, double top1) {
    return new Validation(step, step / 10.0, top1, 0.9, 1.25);
  }

  @Test
  void line_isOneJsonObjectWithPlainNames() throws IOException {
    try (var log = ValidationLog.resume(file, 0)) {
      log.accept(at(20, 0.5));
    }
    assertThat(file)
        .hasContent("{\"step\":20,\"epoch\":2.0,\"top1\":0.5,\"top5\":0.9,\"log-loss\":1.25}\n");
  }

  @Test
  void validation_writtenAndRead_isTheSame() throws IOException {
    var unknown = new Validation(30, 3, 0.25, Double.NaN, Double.NaN);
    try (var log = ValidationLog.resume(file, 0)) {
      log.accept(at(20, 0.5));
      log.accept(unknown);
    }
    assertThat(ValidationLog.read(file)).containsExactly(at(20, 0.5), unknown);
  }

  @Test
  void resume_cutsWhatTheCheckpointDoesNotKnow() throws IOException {
    try (var log = ValidationLog.resume(file, 0)) {
      log.accept(at(10, 0.1));
      log.accept(at(20, 0.2));
      log.accept(at(30, 0.3));
    }
    try (var log = ValidationLog.resume(file, 20)) {
      log.accept(at(30, 0.4));
    }
    assertThat(ValidationLog.read(file)).containsExactly(at(10, 0.1), at(20, 0.2), at(30, 0.4));
  }

  @Test
  void lineThatIsNoValidation_isNamedByFileAndNumber() throws IOException {
    Files.write(file, List.of("{\"step\":1,\"top1\":0.5}", "{\"step\":2,\"top1\":50}"));
    assertThatThrownBy(() -> ValidationLog.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("validation.jsonl line 2 is not a validation: ");
  }

  @Test
  void best_isTheHighest_theEarliestOfEquals() {
    assertThat(Validation.best(List.of(at(1, 0.3), at(2, 0.5), at(3, 0.5), at(4, 0.4))))
        .contains(at(2, 0.5));
    assertThat(Validation.best(List.of(at(1, Double.NaN)))).isEmpty();
  }
}

package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationNumbersTest {
  private static final String TEXT =
      "{\"format\": \"tubelet-evaluation-1\", \"evaluated\": 9, \"listed\": 10, \"views\": \"5x3\","
          + " \"top1\": {\"share\": 0.5}, \"top5\": {\"share\": 0.75}, \"log-loss\": 1.25}";

  @Test
  void read_runOrItsFolderOrTheFile_findsTheSame(@TempDir Path folder) throws IOException {
    Path below = Files.createDirectories(folder.resolve("evaluation"));
    Path file = Files.writeString(below.resolve("evaluation.json"), TEXT);
    EvaluationNumbers expected = new EvaluationNumbers(0.5, 0.75, 1.25, 9, 10, "5x3");

    assertThat(EvaluationNumbers.read(file)).isEqualTo(expected);
    assertThat(EvaluationNumbers.read(below)).isEqualTo(expected);
    assertThat(EvaluationNumbers.read(folder)).isEqualTo(expected);
  }

  @Test
  void read_nothingThereOrAnotherFile_saysWhatIsMissing(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> EvaluationNumbers.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no evaluation.json");

    Path other = Files.writeString(folder.resolve("evaluation.json"), "{\"top1\": 1}");
    assertThatThrownBy(() -> EvaluationNumbers.read(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not an evaluation of ours");

    Files.writeString(other, "{\"top1\"");
    assertThatThrownBy(() -> EvaluationNumbers.read(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not valid JSON");
  }
}

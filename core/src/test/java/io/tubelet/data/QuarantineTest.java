package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {

  @Test
  void write_givesATableAndLeavesNothingElse(@TempDir Path folder) throws Exception {
    Quarantine quarantine = new Quarantine(10, 0.5);
    quarantine.add("b.mp4", "a reason\nof two lines");
    quarantine.add("a.mp4", "no frames");
    quarantine.add("a.mp4", "another reason");
    Path tsv = folder.resolve("quarantine.tsv");
    quarantine.write(tsv);
    quarantine.write(tsv);
    assertThat(Files.readAllLines(tsv))
        .isEqualTo(List.of("video\treason", "a.mp4\tno frames", "b.mp4\ta reason of two lines"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(tsv);
    }
    assertThat(quarantine.count()).isEqualTo(2);
  }

  @Test
  void share_exactlyTheLimit_isAllowed() {
    Quarantine quarantine = new Quarantine(10, 0.1);
    quarantine.add("a.mp4", "x");
    assertThatCode(quarantine::requireFewEnough).doesNotThrowAnyException();
    quarantine.add("b.mp4", "x");
    assertThatThrownBy(quarantine::requireFewEnough)
        .hasMessageContaining("2 of 10")
        .hasMessageContaining("a.mp4 (x); b.mp4 (x)");
  }
}

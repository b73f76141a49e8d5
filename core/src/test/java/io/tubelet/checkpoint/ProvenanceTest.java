package io.tubelet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  private static final Path FILE = Path.of("state.json");

  @Test
  void json_everyField_comesBackEqual() throws IOException {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", 0.1 + 0.2);
    metrics.put("grad", Double.POSITIVE_INFINITY);
    metrics.put("skipped", Double.NaN);
    Provenance written =
        new Provenance(
            TinyRun.configuration(),
            Long.MIN_VALUE,
            12,
            96,
            TinyRun.DATA,
            "BF16",
            "cuda:0",
            "weights/größe.safetensors",
            metrics,
            Versions.current(),
            Instant.parse("2026-01-02T03:04:05.678Z"));
    String text = JsonFile.text(written.toJson());
    assertThat(Provenance.read(JsonFile.parse(FILE, text))).isEqualTo(written);
  }

  @Test
  void read_fieldMissingOrOfAnotherKind_isRefusedByName() throws IOException {
    ObjectNode json = TinyRun.provenance(3, 1).toJson();
    json.remove("device");
    assertThatThrownBy(() -> Provenance.read(new JsonFile(FILE, json)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("state.json")
        .hasMessageContaining("'device' must be text");
    json.put("device", "cpu").put("step", 1.5);
    assertThatThrownBy(() -> Provenance.read(new JsonFile(FILE, json)))
        .hasMessageContaining("'step' must be a whole number, got 1.5");
    json.put("step", -1);
    assertThatThrownBy(() -> Provenance.read(new JsonFile(FILE, json)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("step=-1");
    json.put("step", 1).put("writtenAt", "yesterday");
    assertThatThrownBy(() -> Provenance.read(new JsonFile(FILE, json)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("yesterday");
    json.put("writtenAt", "2026-01-02T03:04:05Z").withObject("/metrics").put("loss", "low");
    assertThatThrownBy(() -> Provenance.read(new JsonFile(FILE, json)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("metric 'loss' must be a number");
  }

  @Test
  void read_notOneJsonValue_isRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("state.json");
    for (String text : new String[] {"{", "{} {}", "{\"a\":1,\"a\":2}", "[".repeat(100_000)}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> JsonFile.read(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("not valid JSON");
    }
  }

  @Test
  void versions_current_knowsTheLibraries() {
    Versions versions = Versions.current();
    assertThat(versions.java()).startsWith(System.getProperty("java.specification.version"));
    assertThat(versions.libtorch()).matches("\\d+\\.\\d+\\.\\d+-.*");
    assertThat(versions.ffmpeg()).matches("\\d+\\.\\d+.*-.*");
  }
}

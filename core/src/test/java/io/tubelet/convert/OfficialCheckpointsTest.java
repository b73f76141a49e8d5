package io.tubelet.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.fixture.FixtureCase;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.LargestErrors;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files of the official programs, through the same door as anybody's. */
class OfficialCheckpointsTest {
  /** Python summed in double; so does libtorch, in another order. */
  private static final double SUM = 1e-9;

  /** As in the parity tests: float32, other order of summation. */
  private static final double TOLERANCE = 1e-5;

  private static final LargestErrors ERRORS = new LargestErrors("checkpoints");

  @TempDir private Path folder = Path.of("");

  @AfterAll
  static void writeErrors() throws IOException {
    ERRORS.write();
  }

  @TestFactory
  Stream<DynamicTest> everyCheckpoint_opened_hasTheChecksumsThatPythonFound() {
    List<DynamicTest> tests =
        FixtureFolder.all().stream()
            .flatMap(
                fixtures ->
                    fixtures.tablesStarting("ckpt_").stream()
                        .filter(name -> fixtures.table(name).orElseThrow().has("state_dict_key"))
                        .map(name -> checksums(fixtures, name)))
            .toList();
    assumeTrue(!tests.isEmpty(), "no ckpt_*.pthinfo.json in the fixture folders");
    return tests.stream();
  }

  private static DynamicTest checksums(FixtureFolder fixtures, String table) {
    JsonNode info = fixtures.table(table).orElseThrow();
    Path file = fixtures.path().resolve(info.get("file").asText());
    return dynamicTest(
        info.get("file").asText(),
        () -> {
          try (TensorScope scope = new TensorScope();
              ForeignWeights weights = ForeignWeights.open(file, stated(info.path("config")))) {
            Map<String, Tensor> theirs = weights.config().names().toTheirs(weights.tensors());
            assertThat(theirs).hasSameSizeAs(info.get("tensors"));
            theirs.forEach((name, tensor) -> assertChecksums(name, tensor, info.get("tensors")));
            weights.model().close();
          }
        });
  }

  private static void assertChecksums(String name, Tensor tensor, JsonNode tensors) {
    JsonNode expected =
        tensors.has(name)
            ? tensors.get(name)
            : tensors.get(name.replace("head.", "head.projection."));
    Tensor doubles = tensor.to(ScalarType.Double).contiguous().reshape(-1);
    double absolute = doubles.abs().sum().item_double();
    assertThat(Shapes.of(tensor)).as(name).hasSize(expected.get("shape").size());
    assertThat(absolute)
        .as(name)
        .isCloseTo(expected.get("abs_sum").asDouble(), within(SUM * Math.max(1, absolute)));
    assertThat(doubles.sum().item_double())
        .as(name)
        .isCloseTo(expected.get("sum").asDouble(), within(SUM * Math.max(1, absolute)));
    for (int i = 0; i < expected.get("first5").size(); i++) {
      assertThat(doubles.select(0, i).item_double())
          .as(name)
          .isEqualTo(expected.get("first5").get(i).asDouble());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyModel_throughOurFile_givesWhatTheOfficialProgramComputed() {
    return FixtureFolder.all().stream()
        .flatMap(fixtures -> fixtures.cases().stream())
        .map(
            fixture ->
                dynamicTest(
                    fixture.folder().name() + "/" + fixture.name(), () -> outputs(fixture)));
  }

  /** Saved as the official program saves it, made ours, run on the recorded inputs. */
  private void outputs(FixtureCase fixture) throws IOException {
    Path ours = folder.resolve("ours.safetensors");
    Files.deleteIfExists(ours);
    try (TensorScope scope = new TensorScope()) {
      JsonNode config = fixture.sidecar().get("config");
      Path official = folder.resolve("official.pth");
      TorchWriter.write(
          official,
          Map.of("model", fixture.tensors("state").all(), "args", arguments(fixture.sidecar())));
      try (ForeignWeights weights = ForeignWeights.open(official, stated(config))) {
        Converter.write(weights, Format.TUBELET, ours);
      }
      try (ForeignWeights weights = ForeignWeights.open(ours)) {
        Path io = fixture.folder().path().resolve(fixture.name() + ".io.safetensors");
        List<Expectation.Comparison> all = Expectation.compare(weights, io);
        assertThat(all).as(fixture.name()).isNotEmpty().allMatch(one -> one.within(TOLERANCE));
        all.forEach(
            one -> ERRORS.add(one.output(), one.error() / one.scale(), TOLERANCE, fixture.name()));
      }
    }
  }

  private static Map<String, Object> arguments(JsonNode sidecar) {
    JsonNode config = sidecar.get("config");
    Map<String, Object> args = new LinkedHashMap<>();
    args.put("norm_pix_loss", config.path("norm_pix_loss").asBoolean(true));
    args.put("normlize_target", sidecar.path("normlize_target").asBoolean(true));
    args.put("input_size", config.get("img_size").asInt());
    return args;
  }

  /** What the tensors do not tell of a model. */
  private static Stated stated(JsonNode config) {
    return new Stated(
        OptionalInt.of(first(config, 2, "num_heads", "encoder_num_heads")),
        OptionalInt.of(first(config, 2, "decoder_num_heads")),
        OptionalInt.of(first(config, 16, "num_frames", "all_frames")),
        OptionalInt.of(first(config, 16, "img_size")),
        List.of(),
        List.of());
  }

  private static int first(JsonNode config, int otherwise, String... names) {
    for (String name : names) {
      if (config.has(name)) {
        return config.get(name).asInt();
      }
    }
    return otherwise;
  }
}

package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.checkpoint.Safetensors;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code convert} and {@code inspect}, on what the official programs computed. */
class ConvertCommandTest {
  private static final Path ROOT = Path.of(System.getProperty("tubelet.root", ".."));
  private static final Path BUNDLED = ROOT.resolve("core/src/test/resources/fixtures");

  private static final String MAE_ST = "maest_pre_a4_joint_cls_t4";
  private static final String VIDEO_MAE = "vmae_pre_b3_layerscale";
  private static final String MAE_ST_CLASSIFIER = "maest_ft_c2_joint_nocls_droppath";
  private static final String VIDEO_MAE_CLASSIFIER = "vmae_ft_c4_firsttoken_droppath";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    MAE_ST + ", tubelet, ours.safetensors, 4, 4, pred",
    MAE_ST + ", mae-st, theirs.pth, 4, 4, target",
    VIDEO_MAE + ", tubelet, ours.safetensors, 2, 2, decoder_out_masked",
    VIDEO_MAE + ", videomae, theirs.pth, 2, 2, target_masked",
  })
  void convert_expectingWhatTheOfficialProgramComputed_agrees(
      String fixture, String to, String out, int heads, int decoderHeads, String output)
      throws IOException {
    Cli converted =
        convert(
            BUNDLED,
            fixture,
            to,
            out,
            "--heads",
            heads,
            "--decoder-heads",
            decoderHeads,
            "--expect",
            BUNDLED.resolve(fixture + ".io.safetensors"));

    assertThat(converted.err()).isEmpty();
    assertThat(converted.exitCode()).isZero();
    assertThat(converted.out()).contains("wrote", output + ": largest error", "within 1e-05");
    assertThat(folder.resolve(out)).exists();
  }

  @ParameterizedTest
  @CsvSource({
    MAE_ST_CLASSIFIER + ", tubelet, ours.safetensors, 4",
    MAE_ST_CLASSIFIER + ", mae-st, theirs.pth, 4",
    VIDEO_MAE_CLASSIFIER + ", tubelet, ours.safetensors, 2",
    VIDEO_MAE_CLASSIFIER + ", videomae, theirs.pth, 2",
    VIDEO_MAE_CLASSIFIER + ", huggingface, folder, 2",
  })
  void convert_bundledClassifier_givesTheOfficialLogits(
      String fixture, String to, String out, int heads) throws IOException {
    assertOfficialLogits(BUNDLED, fixture, to, out, heads, 16);
  }

  @ParameterizedTest
  @CsvSource({
    "maest_ft_c1_sep_cls, tubelet, ours.safetensors, 3",
    "maest_ft_c1_sep_cls, mae-st, theirs.pth, 3",
    "vmae_ft_c3_meanpool, tubelet, ours.safetensors, 3",
    "vmae_ft_c3_meanpool, huggingface, folder, 3",
  })
  void convert_classifier_givesTheOfficialLogits(String fixture, String to, String out, int heads)
      throws IOException {
    Path shared = shared();
    assumeTrue(
        Files.exists(shared.resolve(fixture + ".state.safetensors")),
        "no fixture " + fixture + " in " + shared);
    assertOfficialLogits(shared, fixture, to, out, heads, 32);
  }

  private void assertOfficialLogits(
      Path fixtures, String fixture, String to, String out, int heads, int picture)
      throws IOException {
    Cli converted =
        convert(
            fixtures,
            fixture,
            to,
            out,
            "--heads",
            heads,
            "--frames",
            8,
            "--picture",
            picture,
            "--expect",
            fixtures.resolve(fixture + ".io.safetensors"));

    assertThat(converted.exitCode()).as(converted.err()).isZero();
    assertThat(converted.out()).contains("logits_eval: largest error", "within 1e-05");
  }

  @Test
  void convert_expectingSomethingElse_fails() throws IOException {
    Path io = BUNDLED.resolve(MAE_ST + ".io.safetensors");
    Path other = folder.resolve("other.safetensors");
    try (TensorScope scope = new TensorScope();
        Safetensors file = Safetensors.open(io)) {
      Map<String, Tensor> changed = new HashMap<>(file.load());
      changed.computeIfPresent("pred", (name, pred) -> pred.add(new Scalar(1e-3)));
      Safetensors.write(other, changed, Map.of());
    }
    Cli converted =
        convert(
            BUNDLED,
            MAE_ST,
            "tubelet",
            "ours.safetensors",
            "--heads",
            4,
            "--decoder-heads",
            4,
            "--expect",
            other);

    assertThat(converted.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(converted.out()).contains("pred: largest error 1.0", "ABOVE");
  }

  @Test
  void convert_headsUnknown_namesTheOption() throws IOException {
    Cli refused = convert(BUNDLED, MAE_ST, "tubelet", "ours.safetensors");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(refused.err().strip())
        .hasLineCount(1)
        .startsWith("tubelet: ")
        .contains("in.pth", "width 32", "--heads");
    assertThat(folder.resolve("ours.safetensors")).doesNotExist();
  }

  @Test
  void convert_fileIsThere_isRefused() throws IOException {
    Files.writeString(folder.resolve("ours.safetensors"), "mine");
    Cli refused =
        convert(BUNDLED, MAE_ST, "tubelet", "ours.safetensors", "--heads", 4, "--decoder-heads", 4);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(refused.err()).contains("ours.safetensors", "exists already");
    assertThat(folder.resolve("ours.safetensors")).hasContent("mine");
  }

  @Test
  void convert_layoutThatCannotHoldIt_isAUsageError() throws IOException {
    Cli refused =
        convert(BUNDLED, MAE_ST, "huggingface", "out", "--heads", 4, "--decoder-heads", 4);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("cannot be written as huggingface", "mae_st");
  }

  @Test
  void convert_unknownLayout_listsTheKnown() {
    Cli refused = Cli.run("convert", "a.pth", "b", "--to", "onnx");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("tubelet, huggingface, videomae or mae-st", "onnx");
  }

  @Test
  void inspect_everyKindOfFile_listsTensorsAndWhatLiesBeside() throws IOException {
    convert(BUNDLED, VIDEO_MAE, "tubelet", "ours.safetensors", "--heads", 2, "--decoder-heads", 2);

    assertThat(Cli.run("inspect", folder.resolve("in.pth")).out())
        .contains("weights lie under: model", "norm_pix_loss", "encoder_to_decoder.weight", "F32");
    assertThat(Cli.run("inspect", folder.resolve("ours.safetensors")).out())
        .contains("tubelet.model", "sha256", "decoder.embed.weight", "[32, 32]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise.pth", "noise.safetensors"})
  void inspect_noise_namesTheFile(String name) throws IOException {
    Path noise = Files.write(folder.resolve(name), new byte[100]);
    Cli refused = Cli.run("inspect", noise);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(refused.err().strip()).hasLineCount(1).startsWith("tubelet: ").contains(name);
  }

  private static Path shared() {
    String given = System.getProperty("tubelet.fixtures", "");
    return given.isEmpty() ? ROOT.resolve("../shared/fixtures") : Path.of(given);
  }

  /** A fixture's weights, saved as an official program saves them, converted. */
  private Cli convert(Path fixtures, String fixture, String to, String out, Object... more)
      throws IOException {
    Path in = folder.resolve("in.pth");
    try (TensorScope scope = new TensorScope();
        Safetensors state = Safetensors.open(fixtures.resolve(fixture + ".state.safetensors"))) {
      Map<String, Object> args = Map.of("norm_pix_loss", false, "input_size", 32, "num_frames", 16);
      TorchWriter.write(in, Map.of("model", state.load(), "args", args));
    }
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("convert", in, folder.resolve(out), "--to", to));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }
}

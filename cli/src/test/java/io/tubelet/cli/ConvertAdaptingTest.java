package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.checkpoint.Safetensors;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code convert} into a model of another size or kind. */
class ConvertAdaptingTest {
  private static final Path BUNDLED =
      Path.of(System.getProperty("tubelet.root", ".."), "core/src/test/resources/fixtures");

  private static final String MAE_ST = "maest_pre_a4_joint_cls_t4";
  private static final String VIDEO_MAE = "vmae_pre_b3_layerscale";
  private static final int FRAMES = 6;
  private static final int TUBE = 2;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"average", "centre-frame"})
  void imageClassifier_inflated_givesTheLogitsOfTheFormula(String inflation) throws IOException {
    try (TensorScope scope = new TensorScope()) {
      ImageVit vit = ImageVit.classifier();
      Tensor clip = torch.randn(1, 3, FRAMES, ImageVit.PICTURE, ImageVit.PICTURE);
      Tensor logits = vit.logits(picturesSeen(clip, inflation));

      Cli converted =
          inflate(
              vit,
              "video.safetensors",
              "--inflate",
              inflation,
              "--expect",
              expecting(Map.of("clip", clip, "logits", logits)));

      assertThat(converted.err()).isEmpty();
      assertThat(converted.out())
          .contains("patches: an image model's", "of the class token alone")
          .contains("4 adapted, 0 unused, 0 missing")
          .contains("adapted patch_embed.proj.weight: inflated to 2 frames, " + inflation)
          .contains("adapted pos_embed.class: the class token's row")
          .contains("adapted pos_embed.spatial: an image's rows")
          .contains("adapted pos_embed.temporal: zero")
          .contains("logits: largest error", "within");
      assertThat(converted.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"average, video.safetensors", "centre-frame, video.pth"})
  void imageAutoencoder_inflated_predictsWhatTheFormulaSays(String inflation, String out)
      throws IOException {
    try (TensorScope scope = new TensorScope()) {
      ImageVit vit = ImageVit.autoencoder();
      Tensor clip = torch.randn(1, 3, FRAMES, ImageVit.PICTURE, ImageVit.PICTURE);
      Tensor keep = HostArrays.ofLongs(new long[] {1, 6, 8}, 1, 3); // of 3 x 2 x 2 tokens
      Tensor pred = vit.prediction(picturesSeen(clip, inflation), keep.squeeze(0));

      Cli converted =
          inflate(
              vit,
              out,
              "--inflate",
              inflation,
              "--fresh",
              "decoder.cls_token.token",
              "--expect",
              expecting(Map.of("clip", clip, "ids_keep", keep, "pred", pred)));

      assertThat(converted.err()).isEmpty();
      assertThat(converted.out())
          .contains("7 adapted, 0 unused, 1 missing")
          .contains("adapted decoder.pos_embed.temporal: zero")
          .contains("missing decoder.cls_token.token [1, 1, 16] (new, as asked)")
          .contains("pred: largest error", "within");
      assertThat(converted.exitCode()).isZero();
    }
  }

  @Test
  void imageAutoencoder_withoutClassTokenInItsDecoder_asksForIt() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Cli refused = inflate(ImageVit.autoencoder(), "video.safetensors");

      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(refused.err()).contains("1 missing: decoder.cls_token.token", "--fresh");
      assertThat(folder.resolve("video.safetensors")).doesNotExist();
    }
  }

  @Test
  void videoClassifier_deflated_isTheImageModelAgain() throws IOException {
    try (TensorScope scope = new TensorScope()) {
      ImageVit vit = ImageVit.classifier();
      Tensor picture = torch.randn(1, 3, 1, ImageVit.PICTURE, ImageVit.PICTURE);
      Cli inflated = inflate(vit, "video.safetensors");
      assertThat(inflated.exitCode()).as(inflated.err()).isZero();

      Cli deflated =
          Cli.run(
              "convert",
              folder.resolve("video.safetensors"),
              folder.resolve("image.safetensors"),
              "--to",
              "tubelet",
              "--to-frames",
              1,
              "--to-tube",
              1,
              "--expect",
              expecting(Map.of("clip", picture, "logits", vit.logits(picture.squeeze(2)))));

      assertThat(deflated.out())
          .contains("deflated: summed over 2 frames", "linear from 3 time slots to 1")
          .contains("logits: largest error", "within");
      assertThat(deflated.exitCode()).as(deflated.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    MAE_ST + ", 4, 'missing head.weight [7, 32]', 'unused  decoder.mask_token', 2",
    VIDEO_MAE + ", 2, 'missing fc_norm.weight [32]', 'unused  norm.weight', 4",
  })
  void pretrained_withNewHead_isAClassifierWithItsEncoder(
      String fixture, int heads, String missing, String unused, int drawn) throws IOException {
    Cli converted = convert(fixture, "classifier.safetensors", heads, "--new-head", 7);

    assertThat(converted.exitCode()).as(converted.err()).isZero();
    assertThat(converted.out())
        .contains("0 adapted", drawn + " missing", missing + " (new, as asked)", unused);
    try (TensorScope scope = new TensorScope();
        Safetensors out = Safetensors.open(folder.resolve("classifier.safetensors"));
        Safetensors state = Safetensors.open(BUNDLED.resolve(fixture + ".state.safetensors"))) {
      String theirs = state.contains("norm.weight") ? "" : "encoder.";
      assertThat(
              out.tensor("blocks.1.mlp.fc2.weight")
                  .equal(state.tensor(theirs + "blocks.1.mlp.fc2.weight")))
          .isTrue();
      assertThat(out.metadata().get("tubelet.origin")).contains("missing head.weight");
    }
    assertThat(Cli.run("inspect", folder.resolve("classifier.safetensors")).out())
        .contains("\"classes\":7");
  }

  @Test
  void otherClip_interpolatesPositionsAndStaysExact() throws IOException {
    Cli there = convert(MAE_ST, "large.safetensors", 4, "--to-picture", 64, "--to-frames", 32);
    Cli same =
        convert(
            MAE_ST,
            "same.safetensors",
            4,
            "--to-picture",
            32,
            "--expect",
            BUNDLED.resolve(MAE_ST + ".io.safetensors"));

    assertThat(there.exitCode()).as(there.err()).isZero();
    assertThat(there.out())
        .contains("2 adapted")
        .contains("encoder.pos_embed.joint: bicubic and linear from 4 x 4 x 4 to 8 x 8 x 8");
    assertThat(same.out()).contains("0 adapted", "pred: largest error", "within 1e-05");
    assertThat(same.exitCode()).as(same.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--to-frames 18, '18 x 32 x 32 pixels in tubelets of 4 x 8 x 8', 'frames=18, tube=4'",
    "--to-picture 36, '16 x 36 x 36 pixels', 'height=36, patch=8'",
    "--to-tube 65, tube must be from 1 to 64, got 65",
    "--new-head 0, classes must be from 1 to, got 0",
    "--inflate sideways, average or centre-frame, sideways",
    "--fresh decoder.cls.token, 'no parameter is called', decoder.cls.token",
  })
  void sizesThatDoNotFit_areAUsageErrorThatNamesThem(String options, String one, String other)
      throws IOException {
    Cli refused = convert(MAE_ST, "out.safetensors", 4, (Object[]) options.split(" "));

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains(one, other);
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--to-tube 2, 'patch_embed.proj.weight should be [32, 3, 2, 8, 8], is [32, 3, 4, 8, 8]'",
    "--to-picture 65536, at most 262144",
  })
  void weightsThatDoNotSuffice_areRefusedByName(String options, String message) throws IOException {
    Cli refused = convert(MAE_ST, "out.safetensors", 4, (Object[]) options.split(" "));

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(refused.err()).contains("in.pth", message);
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  /** What the first layer makes of each tubelet: {@code [1, 3, T, H, W] -> [S, 3, H, W]}. */
  private static Tensor picturesSeen(Tensor clip, String inflation) {
    TensorVector slots = new TensorVector();
    for (int from = 0; from < FRAMES; from += TUBE) {
      slots.push_back(
          inflation.equals("average")
              ? clip.narrow(2, from, TUBE).mean(2)
              : clip.select(2, from + TUBE / 2));
    }
    return torch.cat(slots);
  }

  private Path expecting(Map<String, Tensor> tensors) throws IOException {
    Path file = folder.resolve("expected.safetensors");
    Safetensors.write(file, tensors, Map.of());
    return file;
  }

  private static Object[] with(Object[] first, Object... more) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray();
  }

  /** A fixture of so many heads in encoder and decoder. */
  private Cli convert(String fixture, String out, int heads, Object... options) throws IOException {
    try (TensorScope scope = new TensorScope();
        Safetensors state = Safetensors.open(BUNDLED.resolve(fixture + ".state.safetensors"))) {
      Object[] stated = {
        "--heads", heads, "--decoder-heads", heads, "--frames", 16, "--picture", 32
      };
      return convert(state.load(), out, with(stated, options));
    }
  }

  /** Pictures' weights made to see {@link #FRAMES} frames in tubelets of {@link #TUBE}. */
  private Cli inflate(ImageVit vit, String out, Object... options) throws IOException {
    Object[] stated = {"--heads", ImageVit.HEADS, "--to-frames", FRAMES, "--to-tube", TUBE};
    Object[] decoder =
        vit.hasDecoder() ? new Object[] {"--decoder-heads", ImageVit.DECODER_HEADS} : new Object[0];
    return convert(vit.state(), out, with(with(stated, decoder), options));
  }

  /** Weights saved as their program saves them, converted to a file of ours or of mae_st. */
  private Cli convert(Map<String, Tensor> state, String out, Object... options) throws IOException {
    Path in = folder.resolve("in.pth");
    TorchWriter.write(in, Map.of("model", state, "args", Map.of("norm_pix_loss", false)));
    String to = out.endsWith(".pth") ? "mae-st" : "tubelet";
    Object[] words = {"convert", in, folder.resolve(out), "--to", to};
    return Cli.run(with(words, options));
  }
}

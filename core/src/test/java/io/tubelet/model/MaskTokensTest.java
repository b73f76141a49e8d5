package io.tubelet.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.mask.Mask;
import io.tubelet.mask.RandomMasking;
import io.tubelet.nn.BlockConfig;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTokensTest {
  private static final ClipShape CLIP = new ClipShape(8, 16, 16, 2, 8);
  private static final RandomMasking MASKING = new RandomMasking(0.75);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static MaskedAutoencoderConfig config(
      MaskTokens tokens, PositionKind positions, DecoderOrder order) {
    return new MaskedAutoencoderConfig(
        CLIP,
        new EncoderConfig(48, 2, 3),
        new DecoderConfig(32, 2, 2, order, true, 8, DecoderAttention.SELF),
        BlockConfig.MAE_ST,
        positions,
        positions != PositionKind.SIN_COS,
        Initialisation.MAE_ST,
        tokens);
  }

  private static MaskedAutoencoderConfig encoderHasThem() {
    return config(MaskTokens.ENCODER, PositionKind.SIN_COS, DecoderOrder.VISIBLE_FIRST);
  }

  private static TokenMasks masks(int clips) {
    SplittableRandom rng = new SplittableRandom(9);
    List<Mask> masks = Stream.generate(() -> MASKING.draw(CLIP, rng)).limit(clips).toList();
    return TokenMasks.of(masks, Placement.CPU);
  }

  /** Each clip of one grey: to predict it, something must pass from visible tokens to hidden. */
  private static Tensor tokens(int clips, SplittableRandom rng) {
    byte[] pixels = new byte[clips * CLIP.bytes()];
    for (int clip = 0; clip < clips; clip++) {
      Arrays.fill(pixels, clip * CLIP.bytes(), (clip + 1) * CLIP.bytes(), (byte) rng.nextInt(256));
    }
    return new Patchify(CLIP)
        .tokens(
            HostArrays.ofBytes(
                pixels, clips, CLIP.frames(), CLIP.height(), CLIP.width(), ClipShape.CHANNELS));
  }

  private static Reconstruction reconstruction(MaskedAutoencoder model) {
    return Reconstruction.ofPixels(
        model.config().predicted(), PixelTarget.NORMALISED, PixelNorm.GREY);
  }

  private static Tensor loss(MaskedAutoencoder model, Tensor tokens, TokenMasks masks) {
    Reconstruction objective = reconstruction(model);
    Tensor prediction = model.forward(objective.visible(tokens, masks), masks);
    return objective.loss().of(prediction, objective.target(tokens, masks));
  }

  @ParameterizedTest
  @CsvSource({"SEPARABLE, RASTER", "SIN_COS, VISIBLE_FIRST", "JOINT, RASTER"})
  void encode_maskTokensInTheEncoder_isOfEveryPlaceAndReachesEveryParameter(
      PositionKind positions, DecoderOrder order) {
    try (MaskedAutoencoder model =
        MaskedAutoencoder.fresh(
            config(MaskTokens.ENCODER, positions, order), Compute.CPU_FP32, 1)) {
      TokenMasks masks = masks(2);
      Tensor tokens = tokens(2, new SplittableRandom(1));
      Tensor latent = model.encode(reconstruction(model).visible(tokens, masks), masks);

      assertThat(Shapes.of(latent)).containsExactly(2, CLIP.tokens(), 48);
      loss(model, tokens, masks).backward();
      model
          .parameters()
          .forEach(
              (name, p) -> assertThat(p.grad().abs().max().item_double()).as(name).isPositive());
    }
  }

  /** There is one mask token, and only where hidden tokens come in. */
  @Test
  void parameters_maskToken_isOnlyWhereHiddenTokensComeIn() {
    try (MaskedAutoencoder encoders =
            MaskedAutoencoder.fresh(encoderHasThem(), Compute.CPU_FP32, 1);
        MaskedAutoencoder decoders =
            MaskedAutoencoder.fresh(
                config(MaskTokens.DECODER, PositionKind.SIN_COS, DecoderOrder.VISIBLE_FIRST),
                Compute.CPU_FP32,
                1)) {
      assertThat(encoders.parameters()).containsKey("encoder.mask_token");
      assertThat(encoders.parameters()).doesNotContainKey("decoder.mask_token");
      assertThat(decoders.parameters()).containsKey("decoder.mask_token");
      assertThat(decoders.parameters()).doesNotContainKey("encoder.mask_token");
      assertThat(
              new NamedTensors(encoders.parameters())
                  .get("encoder.mask_token")
                  .abs()
                  .max()
                  .item_double())
          .isPositive();
    }
  }

  @Test
  void training_greyClips_learnsToPassTheGreyOn() {
    try (MaskedAutoencoder model = MaskedAutoencoder.fresh(encoderHasThem(), Compute.CPU_FP32, 1);
        AdamW adamW =
            new AdamW(
                model.parameters(),
                WeightDecayRule.SPARE_VECTORS.groups(model.parameters(), 0),
                new AdamWConfig(0.9, 0.95, 1e-8, 0))) {
      SplittableRandom rng = new SplittableRandom(5);
      TokenMasks masks = masks(16);
      for (int step = 0; step < 120; step++) {
        try (TensorScope ofStep = new TensorScope()) {
          adamW.zeroGrad();
          Tensor loss = loss(model, tokens(16, rng), masks);
          loss.backward();
          adamW.step(2e-3, loss, adamW.gradNorm());
        }
      }
      Tensor unseen = tokens(16, rng);
      double ofMean = reconstruction(model).target(unseen, masks).var(false).item_double();
      assertThat(loss(model, unseen, masks).item_double()).isLessThan(0.1 * ofMean);
    }
  }

  /** ViT-L of mae_st's Table 1: 627.5 against 81.0 GFLOPs, 7.7 times as many. */
  @Test
  void flops_maskTokensInTheEncoder_areAboutThoseOfThePapersTable() {
    ClipShape clip = new ClipShape(16, 224, 224, 2, 16);
    MaskedAutoencoderConfig sparse = MaskedAutoencoderConfig.maeSt(clip, VitSize.LARGE, 4, 8);
    MaskedAutoencoderConfig dense =
        new MaskedAutoencoderConfig(
            clip,
            sparse.encoder(),
            sparse.decoder(),
            sparse.block(),
            sparse.positions(),
            sparse.classToken(),
            sparse.initialisation(),
            MaskTokens.ENCODER);
    double visible = Flops.of(sparse, 156, 1412).products();
    double all = Flops.of(dense, 156, 1412).products();

    assertThat(all / 1e9).isBetween(600.0, 640.0);
    assertThat(all / visible).isBetween(7.2, 8.2);
  }
}

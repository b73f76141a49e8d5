package io.tubelet.model;

import static io.tubelet.fixture.Closeness.assertClose;
import static io.tubelet.fixture.Closeness.difference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.mask.DecoderMask;
import io.tubelet.mask.DualMasking;
import io.tubelet.mask.Mask;
import io.tubelet.mask.Masking;
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
import org.junit.jupiter.params.provider.EnumSource;

/** The decoder with fewer tokens to predict (dual masking), and with cross-attention alone. */
class DecoderOptionsTest {
  private static final ClipShape CLIP = new ClipShape(8, 16, 40, 2, 8);
  private static final Masking ENCODER = new RandomMasking(0.7);
  private static final Masking DUAL = new DualMasking(ENCODER, DecoderMask.HALF);

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
      DecoderAttention attention, PositionKind positions, DecoderOrder order) {
    return new MaskedAutoencoderConfig(
        CLIP,
        new EncoderConfig(48, 2, 3),
        new DecoderConfig(32, 2, 2, order, true, 8, attention),
        BlockConfig.MAE_ST,
        positions,
        positions != PositionKind.SIN_COS,
        Initialisation.MAE_ST);
  }

  private static TokenMasks masks(Masking masking, int clips) {
    SplittableRandom rng = new SplittableRandom(9);
    List<Mask> masks = Stream.generate(() -> masking.draw(CLIP, rng)).limit(clips).toList();
    return TokenMasks.of(masks, Placement.CPU);
  }

  /** Each clip of one grey: to predict it, something must pass from visible tokens to hidden. */
  private static Tensor tokens(int clips, SplittableRandom rng) {
    byte[] pixels = new byte[clips * CLIP.bytes()];
    for (int clip = 0; clip < clips; clip++) {
      Arrays.fill(pixels, clip * CLIP.bytes(), (clip + 1) * CLIP.bytes(), (byte) rng.nextInt(256));
    }
    Tensor frames =
        HostArrays.ofBytes(
            pixels, clips, CLIP.frames(), CLIP.height(), CLIP.width(), ClipShape.CHANNELS);
    return new Patchify(CLIP).tokens(frames);
  }

  private static Reconstruction reconstruction(MaskedAutoencoder model) {
    return Reconstruction.ofPixels(
        model.config().predicted(), PixelTarget.NORMALISED, PixelNorm.GREY);
  }

  private static Tensor predict(MaskedAutoencoder model, Tensor tokens, TokenMasks masks) {
    return model.forward(reconstruction(model).visible(tokens, masks), masks);
  }

  private static Tensor loss(MaskedAutoencoder model, Tensor tokens, TokenMasks masks) {
    return reconstruction(model)
        .loss()
        .of(predict(model, tokens, masks), reconstruction(model).target(tokens, masks));
  }

  @ParameterizedTest
  @CsvSource({
    "SELF, SEPARABLE, RASTER",
    "SELF, SIN_COS, VISIBLE_FIRST",
    "CROSS, SEPARABLE, RASTER",
    "CROSS, JOINT, VISIBLE_FIRST",
    "CROSS, SIN_COS, VISIBLE_FIRST",
  })
  void dualMasking_anyDecoder_predictsTheHalfAndReachesEveryParameter(
      DecoderAttention attention, PositionKind positions, DecoderOrder order) {
    MaskedAutoencoderConfig config = config(attention, positions, order);
    try (MaskedAutoencoder model = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 1)) {
      TokenMasks masks = masks(DUAL, 2);
      Tensor tokens = tokens(2, new SplittableRandom(1));

      assertThat(Shapes.of(predict(model, tokens, masks)))
          .containsExactly(2, DUAL.hiddenTokens(CLIP), CLIP.valuesPerToken());
      loss(model, tokens, masks).backward();
      model
          .parameters()
          .forEach(
              (name, p) -> assertThat(p.grad().abs().max().item_double()).as(name).isPositive());
    }
  }

  /** With half of the hidden tokens left out, places in the clip are no places in the row. */
  @Test
  void dualMasking_eitherOrder_givesTheSameLossAndGradients() {
    try (MaskedAutoencoder raster =
            MaskedAutoencoder.fresh(
                config(DecoderAttention.SELF, PositionKind.SEPARABLE, DecoderOrder.RASTER),
                Compute.CPU_FP32,
                1);
        MaskedAutoencoder visibleFirst =
            new MaskedAutoencoder(
                config(DecoderAttention.SELF, PositionKind.SEPARABLE, DecoderOrder.VISIBLE_FIRST),
                Compute.CPU_FP32)) {
      visibleFirst.load(raster.parameters());
      TokenMasks masks = masks(DUAL, 2);
      Tensor tokens = tokens(2, new SplittableRandom(1));
      assertClose(
          predict(raster, tokens, masks), predict(visibleFirst, tokens, masks), 1e-5, "prediction");
      loss(raster, tokens, masks).backward();
      loss(visibleFirst, tokens, masks).backward();
      NamedTensors others = new NamedTensors(visibleFirst.parameters());
      raster
          .parameters()
          .forEach((name, p) -> assertClose(p.grad(), others.get(name).grad(), 1e-5, name));
    }
  }

  /** What is predicted of a token depends on the other hidden ones with self-attention alone. */
  @ParameterizedTest
  @EnumSource(DecoderAttention.class)
  void prediction_othersLeftOut_changesWithSelfAttentionAlone(DecoderAttention attention) {
    MaskedAutoencoderConfig config =
        config(attention, PositionKind.SEPARABLE, DecoderOrder.VISIBLE_FIRST);
    try (MaskedAutoencoder model = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 1)) {
      TokenMasks whole = masks(ENCODER, 1);
      long half = whole.hidden().size(1) / 2;
      TokenMasks fewer = new TokenMasks(whole.visible(), whole.hidden().narrow(1, 0, half));
      Tensor tokens = tokens(1, new SplittableRandom(1));
      Tensor among = predict(model, tokens, whole).narrow(1, 0, half);
      double apart = difference(among, predict(model, tokens, fewer));
      if (attention == DecoderAttention.CROSS) {
        assertThat(apart).isLessThan(1e-5);
      } else {
        assertThat(apart).isGreaterThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DecoderAttention.class)
  void training_greyClips_learnsToPassTheGreyOn(DecoderAttention attention) {
    MaskedAutoencoderConfig config =
        config(attention, PositionKind.SIN_COS, DecoderOrder.VISIBLE_FIRST);
    try (MaskedAutoencoder model = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 1);
        AdamW adamW =
            new AdamW(
                model.parameters(),
                WeightDecayRule.SPARE_VECTORS.groups(model.parameters(), 0),
                new AdamWConfig(0.9, 0.95, 1e-8, 0))) {
      SplittableRandom rng = new SplittableRandom(5);
      TokenMasks masks = masks(DUAL, 16);
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

  /** Every product written out: ViT-B, 160 of 1568 tokens visible, 704 of the hidden predicted. */
  @Test
  void flops_crossAndDual_areThoseOfEveryProduct() {
    MaskedAutoencoderConfig papers =
        MaskedAutoencoderConfig.videoMae(new ClipShape(16, 224, 224, 2, 16), VitSize.BASE, 4);
    long visible = 160;
    long predicted = 704;
    long qkvAndOutput = (predicted + visible + visible + predicted) * 384 * 384;
    long scoresAndMix = 2 * predicted * visible * 384;
    long mlp = 2 * predicted * 384 * 1536;
    long encoder =
        visible * 1536 * 768
            + 12
                * (4 * visible * 768 * 768
                    + 2 * visible * visible * 768
                    + 2 * visible * 768 * 3072);
    long ends = visible * 768 * 384 + predicted * 384 * 1536;

    assertThat(Flops.of(with(papers, DecoderAttention.CROSS), 160, 704).products())
        .isEqualTo(encoder + ends + 4 * (qkvAndOutput + scoresAndMix + mlp));

    long both = visible + predicted;
    long whole = 4 * both * 384 * 384 + 2 * both * both * 384 + 2 * both * 384 * 1536;
    long last = (2 * predicted + 2 * both) * 384 * 384 + 2 * predicted * both * 384 + mlp;
    assertThat(Flops.of(papers, 160, 704).products()).isEqualTo(encoder + ends + 3 * whole + last);
  }

  private static MaskedAutoencoderConfig with(
      MaskedAutoencoderConfig config, DecoderAttention attention) {
    DecoderConfig decoder = config.decoder();
    return new MaskedAutoencoderConfig(
        config.clip(),
        config.encoder(),
        new DecoderConfig(
            decoder.width(),
            decoder.depth(),
            decoder.heads(),
            decoder.order(),
            decoder.projectionBias(),
            decoder.predictedFrames(),
            attention),
        config.block(),
        config.positions(),
        config.classToken(),
        config.initialisation());
  }
}

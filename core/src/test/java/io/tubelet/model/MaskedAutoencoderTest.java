package io.tubelet.model;

import static io.tubelet.fixture.Closeness.assertClose;
import static io.tubelet.fixture.Closeness.difference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.LargestErrors;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.mask.Mask;
import io.tubelet.mask.RandomMasking;
import io.tubelet.nn.BlockConfig;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedAutoencoderTest {
  /** Three slots of 2 x 5 places: nothing square, nothing a power of two. */
  private static final ClipShape CLIP = new ClipShape(6, 16, 40, 2, 8);

  private static final LargestErrors ERRORS = new LargestErrors("precision");

  private TensorScope scope;

  @AfterAll
  static void writeErrors() throws IOException {
    ERRORS.write();
  }

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static MaskedAutoencoderConfig config(
      PositionKind positions, boolean classToken, DecoderOrder order, int predictedFrames) {
    return new MaskedAutoencoderConfig(
        CLIP,
        new EncoderConfig(48, 2, 3),
        new DecoderConfig(32, 1, 2, order, true, predictedFrames, DecoderAttention.SELF),
        BlockConfig.MAE_ST,
        positions,
        classToken,
        Initialisation.MAE_ST);
  }

  private static byte[] pixels(int clips) {
    byte[] pixels = new byte[clips * CLIP.bytes()];
    new SplittableRandom(5).nextBytes(pixels);
    return pixels;
  }

  private static Tensor tokens(int clips) {
    Tensor frames =
        HostArrays.ofBytes(
            pixels(clips), clips, CLIP.frames(), CLIP.height(), CLIP.width(), ClipShape.CHANNELS);
    return new Patchify(CLIP).tokens(frames);
  }

  private static TokenMasks masks(int clips) {
    RandomMasking masking = new RandomMasking(0.7);
    SplittableRandom rng = new SplittableRandom(9);
    List<Mask> masks = Stream.generate(() -> masking.draw(CLIP, rng)).limit(clips).toList();
    return TokenMasks.of(masks, Placement.CPU);
  }

  private static Reconstruction reconstruction(MaskedAutoencoderConfig config) {
    return Reconstruction.ofPixels(
        config.predicted(), PixelTarget.PATCH_NORMALISED, PixelNorm.GREY);
  }

  private static Tensor loss(MaskedAutoencoder model, Tensor tokens, TokenMasks masks) {
    Reconstruction reconstruction = reconstruction(model.config());
    Tensor prediction = model.forward(reconstruction.visible(tokens, masks), masks);
    return reconstruction.loss().of(prediction, reconstruction.target(tokens, masks));
  }

  @ParameterizedTest
  @EnumSource(PositionKind.class)
  void decoderOrder_eitherWay_givesTheSameLossAndGradients(PositionKind positions) {
    boolean classToken = positions != PositionKind.SIN_COS;
    try (MaskedAutoencoder raster =
            MaskedAutoencoder.fresh(
                config(positions, classToken, DecoderOrder.RASTER, 3), Compute.CPU_FP32, 1);
        MaskedAutoencoder visibleFirst =
            new MaskedAutoencoder(
                config(positions, classToken, DecoderOrder.VISIBLE_FIRST, 3), Compute.CPU_FP32)) {
      visibleFirst.load(raster.parameters());
      Tensor one = loss(raster, tokens(2), masks(2));
      Tensor two = loss(visibleFirst, tokens(2), masks(2));
      one.backward();
      two.backward();
      assertThat(one.item_double()).isCloseTo(two.item_double(), within(1e-6));
      NamedTensors others = new NamedTensors(visibleFirst.parameters());
      raster
          .parameters()
          .forEach((name, p) -> assertClose(p.grad(), others.get(name).grad(), 1e-6, name));
    }
  }

  @Test
  void prediction_pixelsOfHiddenTokens_areNeverSeen() {
    MaskedAutoencoderConfig config = config(PositionKind.SEPARABLE, true, DecoderOrder.RASTER, 6);
    try (MaskedAutoencoder model = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 1)) {
      TokenMasks masks = masks(1);
      Tensor tokens = tokens(1);
      Tensor altered = tokens.clone();
      long hidden = HostArrays.toLongs(masks.hidden())[0];
      long visible = HostArrays.toLongs(masks.visible())[0];
      altered.select(1, hidden).fill_(new Scalar(0));
      Tensor before = predict(model, tokens, masks);
      assertThat(predict(model, altered, masks).equal(before)).isTrue();
      altered.select(1, visible).fill_(new Scalar(0));
      assertThat(predict(model, altered, masks).equal(before)).isFalse();
    }
  }

  private static Tensor predict(MaskedAutoencoder model, Tensor tokens, TokenMasks masks) {
    return model.forward(reconstruction(model.config()).visible(tokens, masks), masks);
  }

  /** bf16 keeps 8 bits: a rounding is at most 1/256 of a value, and roundings mostly cancel. */
  @Test
  void bf16_sameWeights_staysNearFloat32() {
    MaskedAutoencoderConfig config = config(PositionKind.SEPARABLE, true, DecoderOrder.RASTER, 3);
    try (MaskedAutoencoder full = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 1);
        MaskedAutoencoder half =
            new MaskedAutoencoder(config, new Compute(Precision.BF16, Placement.CPU))) {
      half.load(full.parameters());
      Tensor expected = loss(full, tokens(4), masks(4));
      Tensor actual = loss(half, tokens(4), masks(4));
      expected.backward();
      actual.backward();
      double apart = Math.abs(actual.item_double() / expected.item_double() - 1);
      assertThat(apart).isGreaterThan(0).isLessThan(2e-3);
      ERRORS.add("bfloat16: loss", apart, 2e-3, "relative");
      NamedTensors others = new NamedTensors(full.parameters());
      half.parameters()
          .forEach(
              (name, p) -> {
                if (!name.endsWith("qkv.bias")) { // a third of it is rounding noise
                  Tensor reference = others.get(name).grad();
                  double scale = reference.norm().item_double();
                  double error = p.grad().sub(reference).norm().item_double();
                  assertThat(error / scale).as(name).isLessThan(0.03);
                  ERRORS.add("bfloat16: gradients", error / scale, 0.03, name + ", by length");
                }
              });
    }
  }

  @Test
  void recompute_sameWeights_givesTheSameGradientsBitForBit() {
    MaskedAutoencoderConfig config =
        new MaskedAutoencoderConfig(
            CLIP,
            new EncoderConfig(48, 13, 3),
            new DecoderConfig(32, 2, 2, DecoderOrder.VISIBLE_FIRST, true, 6, DecoderAttention.SELF),
            BlockConfig.VIDEO_MAE,
            PositionKind.SEPARABLE,
            true,
            Initialisation.VIDEO_MAE);
    try (MaskedAutoencoder keeping = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 1);
        MaskedAutoencoder recomputing =
            new MaskedAutoencoder(
                config, new Compute(Precision.FP32, Placement.CPU, Activations.RECOMPUTE))) {
      recomputing.load(keeping.parameters());
      Tensor one = loss(keeping, tokens(2), masks(2));
      Tensor two = loss(recomputing, tokens(2), masks(2));
      one.backward();
      two.backward();
      assertThat(two.item_double()).isEqualTo(one.item_double());
      NamedTensors others = new NamedTensors(recomputing.parameters());
      keeping
          .parameters()
          .forEach((name, p) -> assertClose(others.get(name).grad(), p.grad(), 0, name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "recompute", "recompute-first-1"})
  void backward_aStep_leavesNoNativeObjects(String activations) {
    MaskedAutoencoderConfig config = config(PositionKind.JOINT, true, DecoderOrder.RASTER, 6);
    Compute compute = new Compute(Precision.FP32, Placement.CPU, Activations.parse(activations));
    long before = Pointer.totalCount();
    try (TensorScope inner = new TensorScope();
        MaskedAutoencoder model = MaskedAutoencoder.fresh(config, compute, 1)) {
      loss(model, tokens(2), masks(2)).backward();
      assertThat(Pointer.totalCount()).isGreaterThan(before);
    }
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void load_otherShape_isRefusedAndNothingCopied() {
    MaskedAutoencoderConfig config = config(PositionKind.JOINT, true, DecoderOrder.RASTER, 6);
    try (MaskedAutoencoder model = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 1)) {
      Map<String, Tensor> weights = model.parameters();
      NamedTensors before = new NamedTensors(model.parameters());
      Tensor embed = before.get("decoder.embed.weight").clone();
      weights.put("decoder.embed.weight", torch.ones(32, 48));
      weights.put("decoder.head.bias", torch.ones(5));
      assertThatThrownBy(() -> model.load(weights))
          .hasMessageContaining("decoder.head.bias")
          .hasMessageContaining("[384]")
          .hasMessageContaining("[5]");
      assertThat(difference(before.get("decoder.embed.weight"), embed)).isZero();
    }
  }

  @Test
  void encode_wrongPixels_saysBothShapes() {
    MaskedAutoencoderConfig config = config(PositionKind.JOINT, true, DecoderOrder.RASTER, 6);
    try (MaskedAutoencoder model = new MaskedAutoencoder(config, Compute.CPU_FP32)) {
      assertThatThrownBy(() -> model.encode(torch.zeros(1, 2, 3), masks(1)))
          .hasMessageContaining("visiblePixels: expected [1, 9, 384], got [1, 2, 3]");
    }
  }

  @Test
  void config_nonsense_isRefusedWithBothNumbers() {
    assertThatThrownBy(() -> new EncoderConfig(100, 2, 3))
        .hasMessageContaining("width=100")
        .hasMessageContaining("heads=3");
    assertThatThrownBy(() -> config(PositionKind.JOINT, true, DecoderOrder.RASTER, 4))
        .hasMessageContaining("predicted-frames=4")
        .hasMessageContaining("frames=6");
    assertThatThrownBy(() -> config(PositionKind.SIN_COS, true, DecoderOrder.RASTER, 6))
        .hasMessageContaining("class-token");
  }
}

package io.tubelet.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.FixtureCase;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.mask.Mask;
import io.tubelet.mask.RandomMasking;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.QkvBias;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.published.PublishedNames;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** A pre-training case of the fixtures in our terms. */
record OfficialPretraining(
    FixtureCase fixture,
    MaskedAutoencoderConfig config,
    Reconstruction reconstruction,
    PublishedNames names,
    WeightDecayRule decay) {

  static final String MAE_ST = "mae_st.models_mae.MaskedAutoencoderViT";
  static final String VIDEO_MAE = "VideoMAE modeling_pretrain.PretrainVisionTransformer";

  private static final Set<String> MAE_ST_OPTIONS =
      Set.of(
          "img_size",
          "patch_size",
          "embed_dim",
          "depth",
          "num_heads",
          "decoder_embed_dim",
          "decoder_depth",
          "decoder_num_heads",
          "mlp_ratio",
          "num_frames",
          "t_patch_size",
          "pred_t_dim",
          "norm_pix_loss",
          "sep_pos_embed",
          "cls_embed",
          "no_qkv_bias",
          "trunc_init");
  private static final Set<String> VIDEO_MAE_OPTIONS =
      Set.of(
          "img_size",
          "patch_size",
          "encoder_embed_dim",
          "encoder_depth",
          "encoder_num_heads",
          "decoder_num_classes",
          "decoder_embed_dim",
          "decoder_depth",
          "decoder_num_heads",
          "mlp_ratio",
          "qkv_bias",
          "init_values",
          "tubelet_size");

  static OfficialPretraining of(FixtureCase fixture) {
    return switch (fixture.kind()) {
      case MAE_ST -> maeSt(fixture);
      case VIDEO_MAE -> videoMae(fixture);
      default -> throw new AssertionError(fixture.name() + ": unknown kind " + fixture.kind());
    };
  }

  private static OfficialPretraining maeSt(FixtureCase fixture) {
    JsonNode c = fixture.config(MAE_ST_OPTIONS);
    int size = c.get("img_size").asInt();
    ClipShape clip =
        new ClipShape(
            c.get("num_frames").asInt(),
            size,
            size,
            c.get("t_patch_size").asInt(),
            c.get("patch_size").asInt());
    MaskedAutoencoderConfig config =
        new MaskedAutoencoderConfig(
            clip,
            new EncoderConfig(
                c.get("embed_dim").asInt(), c.get("depth").asInt(), c.get("num_heads").asInt()),
            new DecoderConfig(
                c.get("decoder_embed_dim").asInt(),
                c.get("decoder_depth").asInt(),
                c.get("decoder_num_heads").asInt(),
                DecoderOrder.RASTER,
                true,
                c.get("pred_t_dim").asInt(),
                DecoderAttention.SELF),
            new BlockConfig(
                c.path("mlp_ratio").asDouble(4),
                c.path("no_qkv_bias").asBoolean(false) ? QkvBias.NONE : QkvBias.ALL,
                0,
                fixture.sidecar().get("norm_eps").asDouble()),
            c.get("sep_pos_embed").asBoolean() ? PositionKind.SEPARABLE : PositionKind.JOINT,
            c.get("cls_embed").asBoolean(),
            Initialisation.MAE_ST);
    JsonNode norm = fixture.sidecar().get("input_normalisation");
    double mean = norm.get("mean").asDouble();
    double std = norm.get("std").asDouble();
    return new OfficialPretraining(
        fixture,
        config,
        Reconstruction.ofPixels(
            config.predicted(),
            c.get("norm_pix_loss").asBoolean()
                ? PixelTarget.PATCH_NORMALISED
                : PixelTarget.NORMALISED,
            new PixelNorm(List.of(mean, mean, mean), List.of(std, std, std))),
        PublishedNames.MAE_ST_PRETRAINING,
        fixture.sidecar().get("optimizer").get("bias_wd").asBoolean()
            ? WeightDecayRule.SPARE_BIASES
            : WeightDecayRule.SPARE_VECTORS);
  }

  private static OfficialPretraining videoMae(FixtureCase fixture) {
    JsonNode c = fixture.config(VIDEO_MAE_OPTIONS);
    JsonNode sidecar = fixture.sidecar();
    int size = c.get("img_size").asInt();
    int frames = sidecar.get("num_frames").asInt();
    ClipShape clip =
        new ClipShape(
            frames, size, size, c.get("tubelet_size").asInt(), c.get("patch_size").asInt());
    MaskedAutoencoderConfig config =
        new MaskedAutoencoderConfig(
            clip,
            new EncoderConfig(
                c.get("encoder_embed_dim").asInt(),
                c.get("encoder_depth").asInt(),
                c.get("encoder_num_heads").asInt()),
            new DecoderConfig(
                c.get("decoder_embed_dim").asInt(),
                c.get("decoder_depth").asInt(),
                c.get("decoder_num_heads").asInt(),
                DecoderOrder.VISIBLE_FIRST,
                false,
                frames,
                DecoderAttention.SELF),
            new BlockConfig(
                c.path("mlp_ratio").asDouble(4),
                c.get("qkv_bias").asBoolean() ? QkvBias.QUERY_VALUE : QkvBias.NONE,
                c.path("init_values").asDouble(0),
                sidecar.get("norm_eps").asDouble()),
            PositionKind.SIN_COS,
            false,
            Initialisation.VIDEO_MAE);
    if (c.get("decoder_num_classes").asInt() != config.predicted().valuesPerToken()) {
      throw new AssertionError(
          fixture.name() + ": decoder_num_classes is not a token's pixels: " + c);
    }
    return new OfficialPretraining(
        fixture,
        config,
        Reconstruction.ofPixels(
            config.predicted(),
            sidecar.get("normlize_target").asBoolean()
                ? PixelTarget.CHANNEL_NORMALISED
                : PixelTarget.UNIT,
            new PixelNorm(
                doubles(sidecar.get("imagenet_mean")), doubles(sidecar.get("imagenet_std")))),
        PublishedNames.VIDEO_MAE_PRETRAINING,
        WeightDecayRule.SPARE_VECTORS_AND_TOKENS);
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> all = new ArrayList<>();
    array.forEach(node -> all.add(node.asDouble()));
    return all;
  }

  boolean isMaeSt() {
    return fixture.kind().equals(MAE_ST);
  }

  /** The masks that step {@code k} was run with. */
  TokenMasks masks(NamedTensors io, int k) {
    List<Mask> masks = new ArrayList<>();
    int tokens = config.clip().tokens();
    if (isMaeSt()) {
      float[] noise = HostArrays.toFloats(io.get("noise" + k));
      int keep = fixture.sidecar().get("len_keep").asInt();
      for (int b = 0; b < noise.length / tokens; b++) {
        double[] row = new double[tokens];
        for (int i = 0; i < tokens; i++) {
          row[i] = noise[b * tokens + i];
        }
        masks.add(RandomMasking.fromNoise(row, keep));
      }
    } else {
      float[] hidden = HostArrays.toFloats(io.get("mask" + k));
      for (int b = 0; b < hidden.length / tokens; b++) {
        boolean[] row = new boolean[tokens];
        for (int i = 0; i < tokens; i++) {
          row[i] = hidden[b * tokens + i] != 0;
        }
        masks.add(Mask.ofHidden(row));
      }
    }
    return TokenMasks.of(masks, Placement.CPU);
  }

  /** Normalised pixels of all tokens, {@code [B, N, P]}. */
  Tensor tokens(NamedTensors io) {
    return new Patchify(config.clip()).tokens(Patchify.channelsLast(io.get("clip")));
  }

  /** The same in [0, 1]. */
  Tensor unitTokens(NamedTensors io) {
    PixelNorm norm = reconstruction.norm();
    Tensor unit = io.get("clip").mul(byChannel(norm.std())).add(byChannel(norm.mean()));
    return new Patchify(config.clip()).tokens(Patchify.channelsLast(unit));
  }

  private static Tensor byChannel(List<Double> values) {
    float[] row = {
      values.get(0).floatValue(), values.get(1).floatValue(), values.get(2).floatValue()
    };
    return HostArrays.ofFloats(row, 3, 1, 1, 1);
  }

  List<ParameterGroup> groups(MaskedAutoencoder model) {
    return decay.groups(
        model.parameters(), fixture.sidecar().get("optimizer").get("weight_decay").asDouble());
  }

  AdamWConfig adamW() {
    JsonNode o = fixture.sidecar().get("optimizer");
    return new AdamWConfig(
        o.get("betas").get(0).asDouble(),
        o.get("betas").get(1).asDouble(),
        o.get("eps").asDouble(),
        o.path("clip_grad_norm").asDouble(0));
  }
}

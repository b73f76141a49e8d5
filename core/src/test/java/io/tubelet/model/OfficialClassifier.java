package io.tubelet.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.FixtureCase;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.DropPath;
import io.tubelet.nn.QkvBias;
import io.tubelet.published.PublishedNames;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.Tensor;

/** A classifier case of the fixtures in our terms. */
record OfficialClassifier(FixtureCase fixture, ClassifierConfig config, PublishedNames names) {
  static final String MAE_ST = "mae_st models_vit.VisionTransformer";
  static final String VIDEO_MAE = "videomae modeling_finetune.VisionTransformer";

  private static final Set<String> MAE_ST_OPTIONS =
      Set.of(
          "img_size",
          "patch_size",
          "embed_dim",
          "depth",
          "num_heads",
          "mlp_ratio",
          "num_frames",
          "t_patch_size",
          "dropout",
          "drop_path_rate",
          "sep_pos_embed",
          "cls_embed",
          "no_qkv_bias");
  private static final Set<String> VIDEO_MAE_OPTIONS =
      Set.of(
          "img_size",
          "patch_size",
          "embed_dim",
          "depth",
          "num_heads",
          "mlp_ratio",
          "all_frames",
          "tubelet_size",
          "qkv_bias",
          "drop_path_rate",
          "fc_drop_rate",
          "init_values",
          "init_scale",
          "use_mean_pooling",
          "use_learnable_pos_emb");

  static boolean isClassifier(FixtureCase fixture) {
    return fixture.kind().equals(MAE_ST) || fixture.kind().equals(VIDEO_MAE);
  }

  static OfficialClassifier of(FixtureCase fixture) {
    return fixture.kind().equals(MAE_ST) ? maeSt(fixture) : videoMae(fixture);
  }

  private static OfficialClassifier maeSt(FixtureCase fixture) {
    JsonNode c = fixture.config(MAE_ST_OPTIONS);
    ClassifierConfig config =
        new ClassifierConfig(
            clip(c, "num_frames", "t_patch_size"),
            encoder(c),
            new BlockConfig(
                c.path("mlp_ratio").asDouble(4),
                c.path("no_qkv_bias").asBoolean(false) ? QkvBias.NONE : QkvBias.ALL,
                0,
                fixture.sidecar().get("norm_eps").asDouble()),
            c.get("sep_pos_embed").asBoolean() ? PositionKind.SEPARABLE : PositionKind.JOINT,
            c.get("cls_embed").asBoolean(),
            Pooling.AFTER_FIRST_TOKEN,
            fixture.sidecar().get("num_classes").asInt(),
            c.get("drop_path_rate").asDouble(),
            c.get("dropout").asDouble(),
            ClassifierInitialisation.MAE_ST,
            1);
    return new OfficialClassifier(fixture, config, PublishedNames.MAE_ST_CLASSIFIER);
  }

  private static OfficialClassifier videoMae(FixtureCase fixture) {
    JsonNode c = fixture.config(VIDEO_MAE_OPTIONS);
    if (c.path("use_learnable_pos_emb").asBoolean(false)) {
      throw new AssertionError(fixture.name() + ": learnt positions are never trained there");
    }
    ClassifierConfig config =
        new ClassifierConfig(
            clip(c, "all_frames", "tubelet_size"),
            encoder(c),
            new BlockConfig(
                c.path("mlp_ratio").asDouble(4),
                c.get("qkv_bias").asBoolean() ? QkvBias.QUERY_VALUE : QkvBias.NONE,
                c.path("init_values").asDouble(0),
                fixture.sidecar().get("norm_eps").asDouble()),
            PositionKind.SIN_COS,
            false,
            c.get("use_mean_pooling").asBoolean() ? Pooling.ALL_TOKENS : Pooling.FIRST_TOKEN,
            fixture.sidecar().get("num_classes").asInt(),
            c.get("drop_path_rate").asDouble(),
            c.path("fc_drop_rate").asDouble(0),
            ClassifierInitialisation.VIDEO_MAE,
            c.get("init_scale").asDouble());
    return new OfficialClassifier(fixture, config, PublishedNames.VIDEO_MAE_CLASSIFIER);
  }

  private static ClipShape clip(JsonNode c, String frames, String tube) {
    int size = c.get("img_size").asInt();
    return new ClipShape(
        c.get(frames).asInt(), size, size, c.get(tube).asInt(), c.get("patch_size").asInt());
  }

  private static EncoderConfig encoder(JsonNode c) {
    return new EncoderConfig(
        c.get("embed_dim").asInt(), c.get("depth").asInt(), c.get("num_heads").asInt());
  }

  /** Normalised pixels of all tokens, {@code [B, N, P]}. */
  Tensor pixels(NamedTensors io) {
    return new Patchify(config.clip()).tokens(Patchify.channelsLast(io.get("clip")));
  }

  /** The recorded draws, a row a call. */
  DropPath recordedDraws(NamedTensors io) {
    if (fixture.sidecar().get("drop_path").isNull()) {
      return DropPath.NEVER;
    }
    AtomicInteger call = new AtomicInteger();
    return DropPath.drawing(clips -> io.get("drop_path_uniform").select(0, call.getAndIncrement()));
  }
}

package io.tubelet.convert;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.ClassifierInitialisation;
import io.tubelet.model.DecoderAttention;
import io.tubelet.model.DecoderConfig;
import io.tubelet.model.DecoderOrder;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.Initialisation;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.Pooling;
import io.tubelet.model.PositionKind;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.Layer;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Shapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Models of every layout, small, with weights that differ everywhere. */
enum SmallModels {
  MAE_ST_PRETRAINING,
  VIDEO_MAE_PRETRAINING,
  MAE_ST_CLASSIFIER,
  VIDEO_MAE_CLASSIFIER;

  static final ClipShape CLIP = new ClipShape(16, 32, 32, 2, 16);
  static final Stated STATED = Stated.NOTHING.withHeads(2, 4).withClip(16, 32);

  private static final int CLASSES = 5;

  ModelConfig config() {
    return config(CLIP);
  }

  ModelConfig config(ClipShape clip) {
    EncoderConfig encoder = new EncoderConfig(24, 2, 2);
    boolean maeSt = this == MAE_ST_PRETRAINING || this == MAE_ST_CLASSIFIER;
    Family family = maeSt ? Family.MAE_ST : Family.VIDEO_MAE;
    BlockConfig block = maeSt ? BlockConfig.MAE_ST : BlockConfig.VIDEO_MAE;
    PositionKind positions = maeSt ? PositionKind.SEPARABLE : PositionKind.SIN_COS;
    if (this == MAE_ST_CLASSIFIER || this == VIDEO_MAE_CLASSIFIER) {
      return new ModelConfig.Classifier(
          new FineTunedConfig(
              new ClassifierConfig(
                  clip,
                  encoder,
                  block,
                  positions,
                  maeSt,
                  maeSt ? Pooling.AFTER_FIRST_TOKEN : Pooling.ALL_TOKENS,
                  CLASSES,
                  0,
                  0,
                  maeSt ? ClassifierInitialisation.MAE_ST : ClassifierInitialisation.VIDEO_MAE,
                  0.001),
              family.pixels(),
              family.sampling(),
              family.shortSide(),
              List.of()));
    }
    return new ModelConfig.Pretrained(
        new PretrainedConfig(
            new MaskedAutoencoderConfig(
                clip,
                encoder,
                new DecoderConfig(
                    16,
                    1,
                    4,
                    maeSt ? DecoderOrder.RASTER : DecoderOrder.VISIBLE_FIRST,
                    maeSt,
                    maeSt ? clip.slots() : clip.frames(),
                    DecoderAttention.SELF),
                block,
                positions,
                maeSt,
                maeSt ? Initialisation.MAE_ST : Initialisation.VIDEO_MAE),
            family.pixels(),
            family.target(true),
            family.masking(),
            family.sampling(),
            family.shortSide()));
  }

  /** Weights under the official names, in the current scope. */
  Map<String, Tensor> official() {
    return config().names().toTheirs(random(config()));
  }

  /** Weights under our names, in the current scope. */
  static Map<String, Tensor> random(ModelConfig config) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    try (Layer model = config.build(Compute.CPU_FP32)) {
      model.parameters().forEach((name, p) -> weights.put(name, torch.randn(Shapes.of(p))));
    }
    return weights;
  }

  /** A file as the official program leaves it. */
  Path save(Path file) throws IOException {
    TorchWriter.write(file, Map.of("model", official(), "epoch", 3));
    return file;
  }
}

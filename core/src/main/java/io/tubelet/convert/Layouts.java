package io.tubelet.convert;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.DecoderAttention;
import io.tubelet.model.MaskTokens;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.Pooling;
import io.tubelet.model.PredictedFrames;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.QkvBias;
import io.tubelet.objective.PixelTarget;

/** Which models the other programs can hold at all. */
final class Layouts {
  private Layouts() {}

  /**
   * Lets a model pass that {@code format} can hold without loss.
   *
   * @throws IllegalArgumentException naming the part that it cannot
   */
  static void require(Format format, ModelConfig model) {
    switch (format) {
      case TUBELET -> {}
      case MAE_ST -> {
        requireMoreThanAnEncoder(format, model);
        requireFamily(format, model, Family.MAE_ST);
        requireMaeSt(model);
      }
      case VIDEOMAE -> {
        requireMoreThanAnEncoder(format, model);
        requireFamily(format, model, Family.VIDEO_MAE);
        requireVideoMae(format, model);
      }
      case HUGGINGFACE -> {
        requireMoreThanAnEncoder(format, model);
        requireFamily(format, model, Family.VIDEO_MAE);
        requireVideoMae(format, model);
        requireHuggingFace(model);
      }
    }
  }

  private static void requireMoreThanAnEncoder(Format format, ModelConfig model) {
    require(
        !(model instanceof ModelConfig.EncoderAlone),
        format,
        "it holds encoders with a decoder or a head, this one is alone; --classes gives it a head");
  }

  private static void requireFamily(Format format, ModelConfig model, Family family) {
    require(
        model.family() == family,
        format,
        "it holds models of %s, this one is of %s (%s positions)"
            .formatted(family.title(), model.family().title(), model.positions()));
  }

  private static void requireMaeSt(ModelConfig model) {
    Format format = Format.MAE_ST;
    requireSquare(format, model.clip());
    BlockConfig block = block(model);
    require(block.layerScale() == 0, format, "it has no layer scale");
    require(
        block.qkvBias() != QkvBias.QUERY_VALUE, format, "its query, key and value share a bias");
    if (model instanceof ModelConfig.Pretrained pretrained) {
      MaskedAutoencoderConfig config = pretrained.config().model();
      requireSelfAttention(format, config);
      requirePixels(format, pretrained.config());
      require(config.decoder().projectionBias(), format, "its decoder_embed has a bias");
    } else {
      requirePooling(format, classifier(model), Pooling.AFTER_FIRST_TOKEN);
    }
  }

  private static void requireVideoMae(Format format, ModelConfig model) {
    requireSquare(format, model.clip());
    require(block(model).qkvBias() != QkvBias.ALL, format, "its key has no bias");
    if (model instanceof ModelConfig.Pretrained pretrained) {
      MaskedAutoencoderConfig config = pretrained.config().model();
      requireSelfAttention(format, config);
      requirePixels(format, pretrained.config());
      require(!config.decoder().projectionBias(), format, "its encoder_to_decoder has no bias");
      require(
          config.decoder().predictedFrames() == config.clip().frames(),
          format,
          "it predicts every frame, this model %d of %d"
              .formatted(config.decoder().predictedFrames(), config.clip().frames()));
    } else {
      requirePooling(format, classifier(model), Pooling.ALL_TOKENS, Pooling.FIRST_TOKEN);
    }
  }

  private static void requirePixels(Format format, PretrainedConfig config) {
    PredictedFrames frames = config.model().predicted();
    require(
        config.target() instanceof PixelTarget && frames.areOfTheirTubes(),
        format,
        "it predicts pixels of the frames that it sees, this one "
            + config.target().describe(frames));
  }

  private static void requireSelfAttention(Format format, MaskedAutoencoderConfig model) {
    require(
        model.maskTokens() == MaskTokens.DECODER,
        format,
        "its decoder has the mask token, in this model the encoder has it");
    require(
        model.decoder().attention() == DecoderAttention.SELF,
        format,
        "in its decoder hidden tokens attend to all tokens, in this one to visible ones alone");
  }

  private static void requireHuggingFace(ModelConfig model) {
    require(block(model).layerScale() == 0, Format.HUGGINGFACE, "it has no layer scale");
  }

  private static void requireSquare(Format format, ClipShape clip) {
    require(
        clip.height() == clip.width(),
        format,
        "its pictures are square, these are %d x %d".formatted(clip.height(), clip.width()));
  }

  private static void requirePooling(Format format, ClassifierConfig model, Pooling... possible) {
    boolean fits = false;
    for (Pooling pooling : possible) {
      fits |= model.pooling() == pooling;
    }
    require(fits, format, "it has no pooling " + model.pooling());
  }

  private static BlockConfig block(ModelConfig model) {
    return model.config().model().block();
  }

  private static ClassifierConfig classifier(ModelConfig model) {
    return ((ModelConfig.Classifier) model).config().model();
  }

  private static void require(boolean fits, Format format, String reason) {
    if (!fits) {
      throw new IllegalArgumentException("cannot be written as %s: %s".formatted(format, reason));
    }
  }
}

package io.tubelet.convert;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.tubelet.model.PixelNorm;
import io.tubelet.model.Pooling;
import io.tubelet.model.PositionKind;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.QkvBias;
import io.tubelet.objective.PixelTarget;
import io.tubelet.published.HuggingFacePreprocessing;
import io.tubelet.published.HuggingFaceVideoMaeConfig;
import io.tubelet.published.HuggingFaceVideoMaeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Their {@code config.json} and {@code preprocessor_config.json}, and our configuration. */
final class HuggingFaceModel {
  private static final double HEAD_SCALE = 0.001;

  /** What Transformers assumes of a classifier's decoder, which has none. */
  private static final HuggingFaceVideoMaeConfig.Stack NO_DECODER =
      new HuggingFaceVideoMaeConfig.Stack(384, 4, 6, 1536);

  private HuggingFaceModel() {}

  /**
   * Ours of theirs.
   *
   * @throws IllegalArgumentException naming the field that does not fit a model of ours
   */
  static ModelConfig ours(HuggingFaceVideoMaeConfig theirs, Optional<JsonNode> preprocessing) {
    if (theirs.clip().channels() != ClipShape.CHANNELS) {
      throw new IllegalArgumentException(
          "num_channels should be 3, is " + theirs.clip().channels());
    }
    ClipShape clip =
        new ClipShape(
            theirs.clip().frames(),
            theirs.clip().image(),
            theirs.clip().image(),
            theirs.clip().tube(),
            theirs.clip().patch());
    PixelNorm pixels =
        preprocessing
            .map(HuggingFacePreprocessing::read)
            .map(p -> new PixelNorm(p.mean(), p.std()))
            .orElse(PixelNorm.IMAGENET);
    return theirs.kind() == HuggingFaceVideoMaeNames.PRE_TRAINING
        ? pretrained(theirs, clip, pixels)
        : classifier(theirs, clip, pixels);
  }

  private static ModelConfig pretrained(
      HuggingFaceVideoMaeConfig theirs, ClipShape clip, PixelNorm pixels) {
    HuggingFaceVideoMaeConfig.Stack decoder = theirs.decoder();
    double encoderRatio = ratio(theirs.encoder());
    if (ratio(decoder) != encoderRatio) {
      throw new IllegalArgumentException(
          "intermediate_size over hidden_size should be one number, is %s and %s in the decoder"
              .formatted(encoderRatio, ratio(decoder)));
    }
    return new ModelConfig.Pretrained(
        new PretrainedConfig(
            new MaskedAutoencoderConfig(
                clip,
                encoder(theirs),
                new DecoderConfig(
                    decoder.width(),
                    decoder.depth(),
                    decoder.heads(),
                    DecoderOrder.VISIBLE_FIRST,
                    false,
                    clip.frames(),
                    DecoderAttention.SELF),
                block(theirs),
                PositionKind.SIN_COS,
                false,
                Initialisation.VIDEO_MAE),
            pixels,
            Family.VIDEO_MAE.target(theirs.normPixLoss()),
            Family.VIDEO_MAE.masking(),
            Family.VIDEO_MAE.sampling(),
            Family.VIDEO_MAE.shortSide()));
  }

  private static ModelConfig classifier(
      HuggingFaceVideoMaeConfig theirs, ClipShape clip, PixelNorm pixels) {
    return new ModelConfig.Classifier(
        new FineTunedConfig(
            new ClassifierConfig(
                clip,
                encoder(theirs),
                block(theirs),
                PositionKind.SIN_COS,
                false,
                theirs.useMeanPooling() ? Pooling.ALL_TOKENS : Pooling.FIRST_TOKEN,
                theirs.labels().size(),
                0,
                0,
                ClassifierInitialisation.VIDEO_MAE,
                HEAD_SCALE),
            pixels,
            Family.VIDEO_MAE.sampling(),
            Family.VIDEO_MAE.shortSide(),
            theirs.labels()));
  }

  private static EncoderConfig encoder(HuggingFaceVideoMaeConfig theirs) {
    HuggingFaceVideoMaeConfig.Stack stack = theirs.encoder();
    return new EncoderConfig(stack.width(), stack.depth(), stack.heads());
  }

  private static BlockConfig block(HuggingFaceVideoMaeConfig theirs) {
    return new BlockConfig(
        ratio(theirs.encoder()),
        theirs.qkvBias() ? QkvBias.QUERY_VALUE : QkvBias.NONE,
        0,
        theirs.layerNormEps());
  }

  private static double ratio(HuggingFaceVideoMaeConfig.Stack stack) {
    return (double) stack.mlpWidth() / stack.width();
  }

  /** Theirs of ours, which {@link Layouts#requireHuggingFace} has let pass. */
  static HuggingFaceVideoMaeConfig theirs(ModelConfig ours) {
    if (ours instanceof ModelConfig.Pretrained pretrained) {
      MaskedAutoencoderConfig model = pretrained.config().model();
      DecoderConfig decoder = model.decoder();
      return new HuggingFaceVideoMaeConfig(
          HuggingFaceVideoMaeNames.PRE_TRAINING,
          clip(model.clip()),
          stack(model.encoder(), model.block()),
          stack(
              new EncoderConfig(decoder.width(), decoder.depth(), decoder.heads()), model.block()),
          model.block().normEps(),
          model.block().qkvBias() == QkvBias.QUERY_VALUE,
          false, // with mean pooling, Transformers' encoder has no norm at its end
          pretrained.config().target() == PixelTarget.CHANNEL_NORMALISED,
          List.of());
    }
    FineTunedConfig tuned = ((ModelConfig.Classifier) ours).config();
    ClassifierConfig model = tuned.model();
    return new HuggingFaceVideoMaeConfig(
        HuggingFaceVideoMaeNames.VIDEO_CLASSIFICATION,
        clip(model.clip()),
        stack(model.encoder(), model.block()),
        NO_DECODER,
        model.block().normEps(),
        model.block().qkvBias() == QkvBias.QUERY_VALUE,
        model.pooling() == Pooling.ALL_TOKENS,
        true,
        labels(tuned));
  }

  /** Their preprocessing: the pictures' side, and our mean and deviation. */
  static HuggingFacePreprocessing preprocessing(ModelConfig ours) {
    HuggingFacePreprocessing usual = HuggingFacePreprocessing.ofSide(ours.clip().height());
    return new HuggingFacePreprocessing(
        usual.doResize(),
        usual.shortestEdge(),
        usual.resample(),
        usual.doCenterCrop(),
        usual.cropHeight(),
        usual.cropWidth(),
        usual.doRescale(),
        usual.rescaleFactor(),
        usual.doNormalize(),
        ours.pixels().mean(),
        ours.pixels().std());
  }

  private static List<String> labels(FineTunedConfig tuned) {
    if (!tuned.labels().isEmpty()) {
      return tuned.labels();
    }
    List<String> nameless = new ArrayList<>();
    for (int i = 0; i < tuned.model().classes(); i++) {
      nameless.add("LABEL_" + i);
    }
    return nameless;
  }

  private static HuggingFaceVideoMaeConfig.Clip clip(ClipShape clip) {
    return new HuggingFaceVideoMaeConfig.Clip(
        clip.height(), clip.patch(), ClipShape.CHANNELS, clip.frames(), clip.tube());
  }

  private static HuggingFaceVideoMaeConfig.Stack stack(EncoderConfig size, BlockConfig block) {
    return new HuggingFaceVideoMaeConfig.Stack(
        size.width(), size.depth(), size.heads(), (int) (size.width() * block.mlpRatio()));
  }
}

package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.clip.ClipShape;
import io.tubelet.config.EncoderWeightsConfig;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.config.WeightsConfig;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.ClassifierInitialisation;
import io.tubelet.model.DecoderConfig;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.Pooling;
import io.tubelet.model.PositionKind;
import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TransformerConfig;
import io.tubelet.model.VideoEncoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * In what a model should differ from the one whose weights are at hand; what is not said stays.
 *
 * @param frames of a clip
 * @param picture side of the square picture, in pixels
 * @param tube frames of a tubelet
 * @param classes of a new head: the model becomes a classifier
 */
public record WantedModel(
    OptionalInt frames, OptionalInt picture, OptionalInt tube, OptionalInt classes) {
  /** Far above every published tubelet; each frame is a share of the patch projection. */
  private static final int LONGEST_TUBE = 64;

  private static final int MOST_CLASSES = 1 << 20;

  /** Both programs scale a head so that is put on pre-trained weights. */
  private static final double HEAD_SCALE = 0.001;

  public WantedModel {
    requireAtMost("tube", tube, LONGEST_TUBE);
    requireAtMost("classes", classes, MOST_CLASSES);
  }

  private static void requireAtMost(String name, OptionalInt value, int most) {
    if (value.isPresent() && (value.getAsInt() < 1 || value.getAsInt() > most)) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d, got %d".formatted(name, most, value.getAsInt()));
    }
  }

  /**
   * The weights for this model, everything that was done to them in the report.
   *
   * @param fresh parameters that are drawn anew besides a new head, by name
   * @param seed of what is drawn
   * @throws IllegalArgumentException if no such model exists, with the sizes that do not fit, or a
   *     name is none of its parameters'
   * @throws CheckpointException if the weights have nothing to make a parameter of
   */
  public StrictLoading.Fitted fit(
      ForeignWeights weights, List<String> fresh, Inflation inflation, long seed)
      throws CheckpointException {
    List<String> drawn = new ArrayList<>(fresh);
    List<String> leftOut = List.of();
    if (classes.isPresent() && isWithoutHead(weights)) {
      drawn.addAll(LoadRequest.FINE_TUNING.fresh());
      leftOut = LoadRequest.FINE_TUNING.leftOut();
    } else if (classes.isPresent()) {
      drawn.add("head.*");
    }
    StrictLoading.Fitted fitted =
        StrictLoading.fit(
            weights, after(weights), new LoadRequest(drawn, leftOut, inflation), seed);
    fresh.forEach(name -> requireMeant(name, fitted.weights().tensors().keySet()));
    return fitted;
  }

  private static void requireMeant(String fresh, Set<String> parameters) {
    if (parameters.stream().noneMatch(new TensorNames(List.of(fresh))::cover)) {
      throw new IllegalArgumentException(
          "no parameter is called '%s'; they are called %s, ..."
              .formatted(fresh, parameters.stream().limit(4).toList()));
    }
  }

  private static boolean isWithoutHead(ForeignWeights weights) {
    return !(weights.config() instanceof ModelConfig.Classifier) || !weights.hasHead();
  }

  private ModelConfig after(ForeignWeights weights) {
    ClipShape from = weights.config().clip();
    ClipShape to = clip(from);
    if (weights.config() instanceof ModelConfig.Pretrained pretrained) {
      return classes.isPresent()
          ? new ModelConfig.Classifier(classifier(pretrained.config(), to))
          : new ModelConfig.Pretrained(pretrained(pretrained.config(), to));
    }
    if (weights.config() instanceof ModelConfig.EncoderAlone alone) {
      return classes.isPresent()
          ? new ModelConfig.Classifier(classifier(alone.config(), to))
          : new ModelConfig.EncoderAlone(alone(alone.config(), to));
    }
    FineTunedConfig config = ((ModelConfig.Classifier) weights.config()).config();
    return new ModelConfig.Classifier(classifier(config, to, weights.hasHead()));
  }

  private ClipShape clip(ClipShape from) {
    int t = frames.orElse(from.frames());
    int length = tube.orElse(from.tube());
    int height = picture.orElse(from.height());
    int width = picture.orElse(from.width());
    try {
      return new ClipShape(t, height, width, length, from.patch());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no model takes %d x %d x %d pixels in tubelets of %d x %d x %d: %s"
              .formatted(t, height, width, length, from.patch(), from.patch(), e.getMessage()),
          e);
    }
  }

  /** An image's table knows no time: over several time slots, time gets a table of its own. */
  private static PositionKind positions(PositionKind kind, ClipShape from, ClipShape to) {
    return kind == PositionKind.JOINT && from.slots() == 1 && to.slots() > 1
        ? PositionKind.SEPARABLE
        : kind;
  }

  private static PretrainedConfig pretrained(PretrainedConfig config, ClipShape to) {
    MaskedAutoencoderConfig model = config.model();
    return new PretrainedConfig(
        new MaskedAutoencoderConfig(
            to,
            model.encoder(),
            decoder(model, to),
            model.block(),
            positions(model.positions(), model.clip(), to),
            model.classToken(),
            model.initialisation(),
            model.maskTokens()),
        config.pixels(),
        config.target(),
        config.mask(),
        config.sampling(),
        config.shortSide());
  }

  private static EncoderWeightsConfig alone(EncoderWeightsConfig config, ClipShape to) {
    VideoEncoderConfig model = config.model();
    return new EncoderWeightsConfig(
        new VideoEncoderConfig(
            to,
            model.encoder(),
            model.block(),
            positions(model.positions(), model.clip(), to),
            model.classToken(),
            model.initialisation()),
        config.pixels(),
        config.sampling(),
        config.shortSide());
  }

  /** Each token predicts as many frames as before, or all of them, as VideoMAE's do. */
  private static DecoderConfig decoder(MaskedAutoencoderConfig model, ClipShape to) {
    DecoderConfig decoder = model.decoder();
    PredictedFrames predicted = model.predicted();
    boolean all = predicted.areOfTheirTubes() && model.positions() == PositionKind.SIN_COS;
    return new DecoderConfig(
        decoder.width(),
        decoder.depth(),
        decoder.heads(),
        decoder.order(),
        decoder.projectionBias(),
        all ? to.frames() : predicted.of(to).count(),
        decoder.attention());
  }

  /** As both programs put a head on their pre-trained encoders. */
  private FineTunedConfig classifier(WeightsConfig config, ClipShape to) {
    TransformerConfig model = config.model();
    boolean computed = model.positions() == PositionKind.SIN_COS;
    return new FineTunedConfig(
        new ClassifierConfig(
            to,
            model.encoder(),
            model.block(),
            positions(model.positions(), model.clip(), to),
            model.classToken(),
            pooling(model.positions()),
            classes.getAsInt(),
            0,
            0,
            computed ? ClassifierInitialisation.VIDEO_MAE : ClassifierInitialisation.MAE_ST,
            HEAD_SCALE),
        config.pixels(),
        config.sampling(),
        config.shortSide(),
        List.of());
  }

  private static Pooling pooling(PositionKind positions) {
    return positions == PositionKind.SIN_COS ? Pooling.ALL_TOKENS : Pooling.AFTER_FIRST_TOKEN;
  }

  private FineTunedConfig classifier(FineTunedConfig config, ClipShape to, boolean hasHead) {
    ClassifierConfig model = config.model();
    return new FineTunedConfig(
        new ClassifierConfig(
            to,
            model.encoder(),
            model.block(),
            positions(model.positions(), model.clip(), to),
            model.classToken(),
            hasHead ? model.pooling() : pooling(model.positions()),
            classes.orElse(model.classes()),
            model.dropPath(),
            model.dropout(),
            model.initialisation(),
            model.headScale()),
        config.pixels(),
        config.sampling(),
        config.shortSide(),
        classes.isPresent() ? List.of() : config.labels());
  }
}

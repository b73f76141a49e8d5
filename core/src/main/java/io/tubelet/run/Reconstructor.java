package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.ModelFile;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.config.TokenizerConfig;
import io.tubelet.data.VideoOpener;
import io.tubelet.mask.Mask;
import io.tubelet.mask.Masking;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.Patchify;
import io.tubelet.model.TokenMasks;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import io.tubelet.visual.Denormalisation;
import io.tubelet.visual.PixelScale;
import io.tubelet.visual.PredictedPixels;
import io.tubelet.visual.ReconstructedClip;
import io.tubelet.visual.TargetScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Hides parts of a clip and lets a pre-trained model fill them in. */
public final class Reconstructor {
  private static final double[] USUAL = {0.75, 0.9, 0.95};

  private final PretrainedConfig config;
  private final PixelTarget target;
  private final MaskedAutoencoder model;
  private final Placement placement;

  /**
   * Uses a model that lives elsewhere; it stays the caller's.
   *
   * @throws IllegalArgumentException when its predictions are no pictures of the clip
   */
  public Reconstructor(PretrainedConfig config, MaskedAutoencoder model, Placement placement) {
    if (!canShow(config)) {
      throw new IllegalArgumentException(
          "this model predicts %s: only pixels of the frames that it sees can be shown"
              .formatted(config.target().describe(config.model().predicted())));
    }
    this.config = config;
    this.target = (PixelTarget) config.target();
    this.model = model;
    this.placement = placement;
  }

  /** Whether a model predicts pixels of the frames that it sees: what can be shown. */
  public static boolean canShow(PretrainedConfig config) {
    return config.target() instanceof PixelTarget && config.model().predicted().areOfTheirTubes();
  }

  /** What the weights of a file are for. */
  public static PretrainedConfig configuration(ModelFile file) throws CheckpointException {
    JsonNode tree = file.configuration();
    TokenizerConfig.requireNone(tree, file.tensors().file().toString());
    if (!tree.path("model").has("decoder")) {
      throw new CheckpointException(
          file.tensors().file(), "has no decoder, which alone could fill in what is hidden");
    }
    return PretrainedConfig.read(tree, file.tensors().file().toString());
  }

  /** The model of a file, its weights loaded, in float32 on the CPU; the caller closes it. */
  public static MaskedAutoencoder model(ModelFile file) throws IOException {
    MaskedAutoencoder model = new MaskedAutoencoder(configuration(file).model(), Compute.CPU_FP32);
    try {
      file.copyInto(model.parameters());
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  /** The clip in the middle of a video, its largest centred box resized to the model's picture. */
  public Frames centreClip(VideoOpener opener, Path video) throws IOException {
    return new MiddleClip(config.model().clip(), config.sampling(), config.shortSide())
        .of(opener, video);
  }

  /** The shares usually looked at, and the one trained with, as far as they fit the clip. */
  public List<Double> ratios() {
    return DoubleStream.concat(DoubleStream.of(config.mask().ratio()), DoubleStream.of(USUAL))
        .distinct()
        .sorted()
        .filter(ratio -> config.mask().withRatio(ratio).fits(config.model().clip()))
        .boxed()
        .toList();
  }

  /** The ways in which this model's predictions can be shown. */
  public List<Denormalisation> modes() {
    return scale().modes();
  }

  /**
   * A clip with a share of its tokens hidden and filled in, once for each way of showing it.
   *
   * @param clip {@code [T, H, W, 3]} of the model's shape
   * @param seed the same seed hides the same tokens
   */
  public List<ReconstructedClip> reconstruct(Frames clip, double ratio, long seed) {
    ClipShape shape = config.model().clip();
    Masking masking = config.mask().withRatio(ratio);
    Mask mask = masking.draw(shape, new SplittableRandom(seed));
    int[] predictedFrames = config.model().predicted().indices();
    float[][] values = predict(clip, mask);
    PredictedPixels pixels = new PredictedPixels(shape, predictedFrames, scale());
    return modes().stream()
        .map(
            mode ->
                new ReconstructedClip(
                    clip,
                    shape,
                    mask,
                    pixels.of(values, clip, mask, mode),
                    predictedFrames,
                    mode,
                    masking.label(),
                    ratio))
        .toList();
  }

  /** Values of the hidden tokens, {@code [M][P']}, as {@link #scale} explains them. */
  private float[][] predict(Frames clip, Mask mask) {
    ClipShape shape = config.model().clip();
    Reconstruction objective =
        Reconstruction.ofPixels(config.model().predicted(), target, config.pixels());
    try (var scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor bytes =
          HostArrays.ofBytes(clip.rgb(), 1, shape.frames(), shape.height(), shape.width(), 3);
      Tensor tokens = new Patchify(shape).tokens(bytes.to(placement.device(), bytes.scalar_type()));
      TokenMasks masks = TokenMasks.of(List.of(mask), placement);
      Tensor prediction = model.forward(objective.visible(tokens, masks), masks); // [1, M, P']
      float[] flat = HostArrays.toFloats(prediction);
      float[][] rows = new float[mask.hidden().length][flat.length / mask.hidden().length];
      for (int m = 0; m < rows.length; m++) {
        System.arraycopy(flat, m * rows[m].length, rows[m], 0, rows[m].length);
      }
      return rows;
    }
  }

  private TargetScale scale() {
    PixelScale input =
        new PixelScale(doubles(config.pixels().mean()), doubles(config.pixels().std()));
    return switch (target) {
      case UNIT -> new TargetScale.RawPixels(PixelScale.UNIT);
      case NORMALISED -> new TargetScale.RawPixels(input);
      case PATCH_NORMALISED -> new TargetScale.PatchNormalised(input);
      case CHANNEL_NORMALISED -> new TargetScale.ChannelNormalised();
    };
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

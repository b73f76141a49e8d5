package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.Safetensors;
import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Mask;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.TokenMasks;
import io.tubelet.model.VideoClassifier;
import io.tubelet.nn.Layer;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What another program computed with the same weights, to compare with: a safetensors file of
 * inputs and outputs.
 *
 * <p>Input is {@code clip [B, 3, T, H, W]}, normalised as the model's input is. A masked
 * autoencoder also needs {@code mask} or {@code mask0} {@code [B, N]}, not zero where a token is
 * hidden, or {@code ids_keep} {@code [B, V]}, the visible ones. Outputs that are compared, each if
 * it is there: {@code pred} and {@code target}, of all tokens {@code [B, N, P']} or of the hidden
 * ones {@code [B, M, P']}; {@code decoder_out_masked} and {@code target_masked}, of the hidden
 * ones; {@code loss}, their mean squared error; {@code logits} or {@code logits_eval} {@code [B,
 * C]}.
 */
public final class Expectation {

  /**
   * One output, computed here and there.
   *
   * @param output its name in the file
   * @param error the largest absolute difference
   * @param scale the largest expected value, and at least one
   */
  public record Comparison(String output, double error, double scale) {
    /** Whether the error is at most this share of the scale. */
    public boolean within(double tolerance) {
      return error <= tolerance * scale; // false for what is not a number
    }
  }

  private final Path file;
  private final Map<String, Tensor> tensors;
  private final List<Comparison> comparisons = new ArrayList<>();

  private Expectation(Path file, Map<String, Tensor> tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  /**
   * Runs the model on the file's inputs.
   *
   * @return a comparison for each output of the file, at least one
   * @throws CheckpointException if the file lacks an input or has no output to compare
   */
  public static List<Comparison> compare(ForeignWeights weights, Path file) throws IOException {
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard();
        Safetensors expected = Safetensors.open(file);
        Layer model = weights.model()) {
      Expectation expectation = new Expectation(file, expected.load());
      if (weights.config() instanceof ModelConfig.Pretrained pretrained) {
        expectation.pretrained((MaskedAutoencoder) model, pretrained);
      } else if (model instanceof VideoClassifier classifier) {
        expectation.classifier(classifier, weights.config());
      } else {
        throw new CheckpointException(
            weights.file(), "is an encoder alone, which has no output of its own to compare");
      }
      if (expectation.comparisons.isEmpty()) {
        throw new CheckpointException(
            file, "has no output to compare with; it holds " + expectation.tensors.keySet());
      }
      return List.copyOf(expectation.comparisons);
    }
  }

  private void classifier(VideoClassifier model, ModelConfig config) throws CheckpointException {
    Tensor logits = model.logits(tokens(config.clip()));
    compare("logits", logits, UnaryOperator.identity());
    compare("logits_eval", logits, UnaryOperator.identity());
  }

  private void pretrained(MaskedAutoencoder model, ModelConfig.Pretrained config)
      throws CheckpointException {
    ClipShape clip = config.clip();
    Tensor tokens = tokens(clip); // [B, N, P]
    TokenMasks masks = TokenMasks.of(masks(clip.tokens()), Placement.CPU);
    Tensor prediction =
        model.forward(TokenMasks.pick(tokens, masks.visible()), masks); // [B, M, P']
    UnaryOperator<Tensor> hidden =
        all -> all.size(1) == clip.tokens() ? TokenMasks.pick(all, masks.hidden()) : all;
    compare("pred", prediction, hidden);
    compare("decoder_out_masked", prediction, hidden);
    if (config.config().target() instanceof PixelTarget pixels) {
      Reconstruction objective =
          Reconstruction.ofPixels(config.config().model().predicted(), pixels, config.pixels());
      Tensor target = objective.target(unit(clip, config.pixels()), masks); // [B, M, P']
      compare("target", target, hidden);
      compare("target_masked", target, hidden);
      compare("loss", objective.loss().of(prediction, target), one -> one.reshape(new long[0]));
    }
  }

  private void compare(String output, Tensor actual, UnaryOperator<Tensor> part)
      throws CheckpointException {
    Tensor stored = tensors.get(output);
    if (stored == null) {
      return;
    }
    Tensor expected = part.apply(stored.to(ScalarType.Float));
    try {
      Shapes.require(expected, output, Shapes.of(actual));
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file, String.valueOf(e.getMessage()), e);
    }
    double error = actual.sub(expected).abs().max().item_double();
    double scale = Math.max(1, expected.abs().max().item_double());
    comparisons.add(new Comparison(output, error, scale));
  }

  /** All tokens' pixels in [0, 1], as they were before they were normalised: {@code [B, N, P]}. */
  private Tensor unit(ClipShape shape, PixelNorm norm) throws CheckpointException {
    Tensor unit = clip(shape).mul(byChannel(norm.std())).add(byChannel(norm.mean()));
    return new Patchify(shape).tokens(Patchify.channelsLast(unit));
  }

  private static Tensor byChannel(List<Double> values) {
    float[] row = new float[ClipShape.CHANNELS];
    for (int c = 0; c < row.length; c++) {
      row[c] = values.get(c).floatValue();
    }
    return HostArrays.ofFloats(row, row.length, 1, 1, 1);
  }

  private Tensor tokens(ClipShape shape) throws CheckpointException {
    return new Patchify(shape).tokens(Patchify.channelsLast(clip(shape)));
  }

  private Tensor clip(ClipShape shape) throws CheckpointException {
    Tensor clip = input("clip").to(ScalarType.Float); // [B, 3, T, H, W]
    try {
      Shapes.require(
          clip, "clip", -1, ClipShape.CHANNELS, shape.frames(), shape.height(), shape.width());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file, String.valueOf(e.getMessage()), e);
    }
    return clip;
  }

  private List<Mask> masks(int tokens) throws CheckpointException {
    Optional<Tensor> mask =
        Optional.ofNullable(tensors.get("mask"))
            .or(() -> Optional.ofNullable(tensors.get("mask0")));
    List<Mask> masks = new ArrayList<>();
    if (mask.isPresent()) {
      Shapes.require(mask.get(), "mask", -1, tokens);
      float[] hidden = HostArrays.toFloats(mask.get().to(ScalarType.Float));
      for (int from = 0; from < hidden.length; from += tokens) {
        boolean[] visible = new boolean[tokens];
        for (int i = 0; i < tokens; i++) {
          visible[i] = hidden[from + i] == 0;
        }
        masks.add(mask(visible));
      }
      return masks;
    }
    Tensor keep = input("ids_keep");
    long[] ids = HostArrays.toLongs(keep);
    int kept = (int) keep.size(1);
    for (int from = 0; from < ids.length; from += kept) {
      boolean[] visible = new boolean[tokens];
      for (int i = 0; i < kept; i++) {
        if (ids[from + i] < 0 || ids[from + i] >= tokens) {
          throw new CheckpointException(
              file, "ids_keep has %d, there are %d tokens".formatted(ids[from + i], tokens));
        }
        visible[(int) ids[from + i]] = true;
      }
      masks.add(mask(visible));
    }
    return masks;
  }

  private static Mask mask(boolean[] visible) {
    int[] seen = new int[visible.length];
    int[] hidden = new int[visible.length];
    int s = 0;
    int h = 0;
    for (int i = 0; i < visible.length; i++) {
      if (visible[i]) {
        seen[s++] = i;
      } else {
        hidden[h++] = i;
      }
    }
    return new Mask(Arrays.copyOf(seen, s), Arrays.copyOf(hidden, h));
  }

  private Tensor input(String name) throws CheckpointException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CheckpointException(
          file, "has no input '%s'; it holds %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }
}

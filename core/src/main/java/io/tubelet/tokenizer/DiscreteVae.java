package io.tubelet.tokenizer;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Encoder and decoder: what is trained. To make tokens, the encoder alone is enough. */
public final class DiscreteVae extends Layer {
  private static final String WORDS_IN = "decoder.blocks.input.w";
  private static final String WORDS_OUT = "blocks.output.conv";

  /** Deviation of a word's first scores; that of their noise is 1.28. */
  private static final double SPREAD = 3;

  private static final double TINY = 1e-6;

  private final DvaeConfig config;
  private final DvaeEncoder encoder;
  private final DvaeDecoder decoder;

  /** All weights are zero, for {@link #load} to fill; {@link #fresh} draws them. */
  public DiscreteVae(DvaeConfig config, Compute compute) {
    this.config = config;
    encoder = child("encoder", new DvaeEncoder(config, compute));
    decoder = child("decoder", new DvaeDecoder(config, compute));
  }

  /**
   * Freshly drawn weights; the same seed gives the same on every device. As in the public program
   * they are normal with a deviation of one over the root of an output's inputs, biases zero; only
   * that a word, a single one among zeros, counts as one input of the decoder.
   */
  public static DiscreteVae fresh(DvaeConfig config, Compute compute, long seed) {
    DiscreteVae model = new DiscreteVae(config, compute);
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Generator generator = torch.make_generator_cpu(seed);
      model
          .parameters()
          .forEach(
              (name, value) -> {
                if (name.endsWith(".w")) {
                  long inputs = name.equals(WORDS_IN) ? 1 : value.numel() / value.size(0);
                  value.copy_(
                      torch
                          .empty(Shapes.of(value))
                          .normal_(
                              0, 1 / Math.sqrt((double) inputs), new GeneratorOptional(generator)));
                }
              });
    }
    return model;
  }

  /**
   * Makes the scores of each word differ from place to place of some pictures, with mean 0 and a
   * deviation above that of the noise of their draw: all words are said then from the start.
   * Without it those that lie nearest to what all places have in common take all (a data-dependent
   * initialisation, as in https://arxiv.org/abs/1602.07868, section 3).
   *
   * @param unit pixels in [0, 1], {@code [n, 3, H, W]}
   */
  public void spreadWords(Tensor unit) {
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor scores =
          encoder.forward(PixelRange.squeeze(unit)).transpose(0, 1).flatten(1, 3); // [V, places]
      Tensor mean = scores.mean(new long[] {1}, false, new ScalarTypeOptional());
      Tensor deviation = scores.std(new long[] {1}, true, false);
      Tensor factor = deviation.add(new Scalar(TINY)).reciprocal().mul(new Scalar(SPREAD)); // [V]
      Map<String, Tensor> weights = encoder.parameters();
      Tensor w = Objects.requireNonNull(weights.get(WORDS_OUT + ".w"));
      Tensor b = Objects.requireNonNull(weights.get(WORDS_OUT + ".b"));
      w.mul_(factor.reshape(-1, 1, 1, 1));
      b.sub_(mean).mul_(factor);
    }
  }

  public DvaeConfig config() {
    return config;
  }

  /** The part that makes tokens. */
  public DvaeEncoder encoder() {
    return encoder;
  }

  /** The part that paints them. */
  public DvaeDecoder decoder() {
    return decoder;
  }

  /**
   * What pictures look like when only their words are left of them.
   *
   * @param unit pixels in [0, 1], {@code [n, 3, H, W]}
   * @return the words, {@code [n, h, w]} int64, and pictures in [0, 1], {@code [n, 3, H, W]}
   */
  public Painted paint(Tensor unit) {
    Tensor words = words(encoder, unit);
    Tensor shares =
        torch
            .one_hot(words, config.vocabulary()) // [n, h, w, V]
            .permute(0, 3, 1, 2)
            .to(ScalarType.Float);
    Tensor location = decoder.forward(shares).narrow(1, 0, ClipShape.CHANNELS);
    return new Painted(words, PixelRange.release(location.sigmoid()));
  }

  /** Words and what the decoder makes of them. */
  public record Painted(Tensor words, Tensor unit) {}

  /** The best word of each 8 x 8 pixels: {@code [n, 3, H, W]} in [0, 1] to {@code [n, h, w]}. */
  static Tensor words(DvaeEncoder encoder, Tensor unit) {
    Tensor scores = encoder.forward(PixelRange.squeeze(unit)); // [n, V, h, w]
    return scores.argmax(new LongOptional(1), false);
  }
}

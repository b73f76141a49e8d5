package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.random.RandomGenerator;

/**
 * One mask for the encoder and one for the decoder, for training; a recipe says {@code mask} and
 * {@code decoder-mask}.
 *
 * @param encoder what the encoder does not see
 * @param decoder what of that the decoder need not predict
 */
public record DualMasking(Masking encoder, DecoderMask decoder) implements Masking {

  @Override
  public double ratio() {
    return encoder.ratio();
  }

  @Override
  public int keptTokens(ClipShape shape) {
    return encoder.keptTokens(shape);
  }

  @Override
  public int hiddenTokens(ClipShape shape) {
    return decoder.predicted(encoder.hiddenTokens(shape));
  }

  @Override
  public Masking withRatio(double other) {
    return new DualMasking(encoder.withRatio(other), decoder);
  }

  @Override
  public String label() {
    return encoder.label();
  }

  @Override
  public Mask draw(ClipShape shape, RandomGenerator rng) {
    return decoder.spare(encoder.draw(shape, rng), shape, rng);
  }

  @Override
  public boolean followsMotion() {
    return encoder.followsMotion();
  }

  @Override
  public Mask draw(ClipShape shape, double[] motion, RandomGenerator rng) {
    return decoder.spare(encoder.draw(shape, motion, rng), shape, rng);
  }
}

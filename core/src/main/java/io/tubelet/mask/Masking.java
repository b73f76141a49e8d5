package io.tubelet.mask;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tubelet.clip.ClipShape;
import java.util.random.RandomGenerator;

/**
 * Chooses which tokens of a clip the encoder sees and which are predicted. Every way the project
 * knows is listed here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RandomMasking.class, name = "random"),
  @JsonSubTypes.Type(value = TubeMasking.class, name = "tube"),
  @JsonSubTypes.Type(value = FrameMasking.class, name = "frame"),
  @JsonSubTypes.Type(value = BlockMasking.class, name = "block"),
  @JsonSubTypes.Type(value = MultiBlockMasking.class, name = "multi-block"),
  @JsonSubTypes.Type(value = MotionMasking.class, name = "motion")
})
public sealed interface Masking
    permits RandomMasking,
        TubeMasking,
        FrameMasking,
        BlockMasking,
        MultiBlockMasking,
        MotionMasking,
        DualMasking {

  /** The share of tokens to hide, in (0, 1). */
  double ratio();

  /**
   * How many tokens of a clip stay visible: the same for every clip of that shape.
   *
   * @throws IllegalArgumentException when that leaves none visible or none hidden
   */
  default int visibleTokens(ClipShape shape) {
    return MaskRatio.requireBothSides(keptTokens(shape), shape.tokens(), ratio());
  }

  /** How many tokens of a clip are to be predicted: likewise the same for every clip. */
  default int hiddenTokens(ClipShape shape) {
    return shape.tokens() - visibleTokens(shape);
  }

  /** Whether a clip of that shape keeps a visible and a hidden token. */
  default boolean fits(ClipShape shape) {
    return MaskRatio.isBothSides(keptTokens(shape), shape.tokens());
  }

  /** How many tokens the ratio leaves, be it none or all. */
  int keptTokens(ClipShape shape);

  /** The same way of masking with another share hidden. */
  Masking withRatio(double ratio);

  /** What a reader of a picture calls it. */
  String label();

  /** One clip's mask; the same generator state gives the same mask. */
  Mask draw(ClipShape shape, RandomGenerator rng);

  /** Whether masks depend on what moves in a clip. */
  default boolean followsMotion() {
    return false;
  }

  /**
   * One clip's mask, with what is known of its motion.
   *
   * @param motion how far each token's pixels moved, of any unit; all zero where nothing moves
   */
  default Mask draw(ClipShape shape, double[] motion, RandomGenerator rng) {
    return draw(shape, rng);
  }
}

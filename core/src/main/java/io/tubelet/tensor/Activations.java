package io.tubelet.tensor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of a block's intermediate results between the forward and the backward pass: they
 * wait in memory, or only the block's input waits and the rest is computed again when the backward
 * pass comes by. A third more work for a fraction of the memory (https://arxiv.org/abs/1604.06174).
 *
 * <p>Written {@code keep}, {@code recompute} (every block, a decoder's too), or {@code
 * recompute-first-6} (the encoder's first six), as much as the memory asks for.
 *
 * @param blocks how many of them, from the encoder's first on, compute their results again
 */
public record Activations(int blocks) {
  /** No block computes twice. */
  public static final Activations KEEP = new Activations(0);

  /** Every block does, whatever its number. */
  public static final Activations RECOMPUTE = new Activations(Integer.MAX_VALUE);

  private static final Pattern FIRST = Pattern.compile("recompute-first-([1-9]\\d{0,3})");

  public Activations {
    if (blocks < 0) {
      throw new IllegalArgumentException(
          "train.activations must recompute 0 blocks or more, got " + blocks);
    }
  }

  /** Reads {@code keep}, {@code recompute} or {@code recompute-first-N}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Activations parse(String text) {
    Matcher first = FIRST.matcher(text);
    if (first.matches()) {
      return new Activations(Integer.parseInt(first.group(1)));
    }
    return switch (text) {
      case "keep" -> KEEP;
      case "recompute" -> RECOMPUTE;
      default ->
          throw new IllegalArgumentException(
              "train.activations must be keep, recompute or recompute-first-N for the encoder's"
                  + " first N blocks (N from 1), got '%s'".formatted(text));
    };
  }

  /** Whether the block of this number, from 0, computes its results again. */
  public boolean recompute(int block) {
    return block < blocks;
  }

  /** How many blocks of a stack do. */
  public int recomputedOf(int depth) {
    return Math.min(blocks, depth);
  }

  /** What holds for a decoder: a number of first blocks counts the encoder's alone. */
  public Activations ofDecoder() {
    return equals(RECOMPUTE) ? RECOMPUTE : KEEP;
  }

  /**
   * Refuses a number of first blocks that an encoder does not have.
   *
   * @throws IllegalArgumentException with both numbers
   */
  public void requireWithin(int encoderDepth) {
    if (!equals(RECOMPUTE) && blocks > encoderDepth) {
      throw new IllegalArgumentException(
          "train.activations must recompute at most the encoder's blocks:"
              + " recompute-first-%d, model.encoder.depth=%d".formatted(blocks, encoderDepth));
    }
  }

  /** As {@link #parse} reads it. */
  @JsonValue
  @Override
  public String toString() {
    if (equals(RECOMPUTE)) {
      return "recompute";
    }
    return blocks == 0 ? "keep" : "recompute-first-" + blocks;
  }
}

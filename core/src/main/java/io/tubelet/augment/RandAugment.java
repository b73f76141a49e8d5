package io.tubelet.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tubelet.clip.Frames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RandAugment (https://arxiv.org/abs/1909.13719) as both official programs apply it to clips: of a
 * list of 15 some are drawn, with replacement, and each is applied with probability one half, at a
 * magnitude from a normal distribution cut to 0 to 10, alike to all frames.
 *
 * <p>Written as the official programs write it, {@code rand-m7-n4-mstd0.5-inc1}, or {@code none}.
 *
 * @param magnitude mean magnitude, 0 to 10 ({@code m}; 10 where the text says nothing)
 * @param operations how many are drawn for a clip ({@code n}; 2 where the text says nothing)
 * @param deviation standard deviation of the magnitude ({@code mstd}; 0)
 * @param increasing whether {@link Operation#INCREASING} is drawn from ({@code inc1}), not {@link
 *     Operation#PLAIN}
 */
public record RandAugment(int magnitude, int operations, double deviation, boolean increasing) {

  /** Nothing is ever applied; written {@code none}. */
  public static final RandAugment NONE = new RandAugment(0, 0, 0, false);

  private static final double PROBABILITY = 0.5;
  private static final Pattern PART = Pattern.compile("([a-z]+)(\\d.*)");
  private static final String EXPECTED =
      "known: m (magnitude), n (operations), mstd (deviation), inc, as in rand-m7-n4-mstd0.5-inc1";

  public RandAugment {
    if (magnitude < 0 || magnitude > Operation.MAX_MAGNITUDE) {
      throw new IllegalArgumentException(
          "rand-augment needs a magnitude m from 0 to %d, got %d"
              .formatted(Operation.MAX_MAGNITUDE, magnitude));
    }
    if (operations < 0) {
      throw new IllegalArgumentException(
          "rand-augment needs a number n of operations of at least 0, got " + operations);
    }
    if (!(deviation >= 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          "rand-augment needs a deviation mstd of at least 0, got " + deviation);
    }
  }

  /**
   * Reads the official text.
   *
   * <p>As there, {@code inc0} also chooses the increasing list: only a text without {@code inc}
   * chooses the plain one. Unlike there, a part that is not known is refused, not passed over: a
   * slip such as {@code std0.5} would train another recipe than the one written down.
   *
   * @throws IllegalArgumentException naming the part at fault
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RandAugment parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    String[] parts = text.split("-", -1);
    if (!parts[0].equals("rand")) {
      throw new IllegalArgumentException(
          "rand-augment must be 'none' or begin with 'rand', got '%s'".formatted(text));
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      Matcher part = PART.matcher(parts[i]);
      if (!part.matches() || !List.of("m", "n", "mstd", "inc").contains(part.group(1))) {
        throw new IllegalArgumentException(
            "rand-augment: unknown part '%s' of '%s'; %s".formatted(parts[i], text, EXPECTED));
      }
      if (values.put(part.group(1), part.group(2)) != null) {
        throw new IllegalArgumentException(
            "rand-augment: '%s' is given twice in '%s'".formatted(part.group(1), text));
      }
    }
    try {
      return new RandAugment(
          Integer.parseInt(values.getOrDefault("m", "10")),
          Integer.parseInt(values.getOrDefault("n", "2")),
          Double.parseDouble(values.getOrDefault("mstd", "0")),
          values.containsKey("inc"));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "rand-augment: a part of '%s' is not a number; %s".formatted(text, EXPECTED), e);
    }
  }

  /** What is done to one clip, in order; the same generator state gives the same list. */
  public List<AppliedOperation> draw(RandomGenerator rng) {
    List<Operation> list = increasing ? Operation.INCREASING : Operation.PLAIN;
    List<Operation> chosen = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      chosen.add(list.get(rng.nextInt(list.size())));
    }
    List<AppliedOperation> applied = new ArrayList<>();
    for (Operation operation : chosen) {
      if (rng.nextDouble() < PROBABILITY) {
        double drawn = magnitude + (deviation > 0 ? deviation * rng.nextGaussian() : 0);
        double cut = Math.max(0, Math.min(Operation.MAX_MAGNITUDE, drawn));
        boolean negated = operation.signed() && rng.nextBoolean();
        applied.add(new AppliedOperation(operation, cut, negated));
      }
    }
    return List.copyOf(applied);
  }

  /** One operation after the other on all frames; {@code frames} is left as it is. */
  public static Frames apply(Frames frames, List<AppliedOperation> operations) {
    Frames result = frames;
    for (AppliedOperation operation : operations) {
      result = operation.apply(result);
    }
    return result;
  }

  /** The official text, with every part but an absent {@code inc}; {@link #parse} reads it back. */
  @JsonValue
  @Override
  public String toString() {
    if (equals(NONE)) {
      return "none";
    }
    String std = BigDecimal.valueOf(deviation).stripTrailingZeros().toPlainString();
    return "rand-m%d-n%d-mstd%s%s".formatted(magnitude, operations, std, increasing ? "-inc1" : "");
  }
}

package io.tubelet.curate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Into which lists videos are divided.
 *
 * @param names of the lists
 * @param shares of the videos that each is to have; they add to 1
 */
public record SplitShares(List<String> names, List<Double> shares) {
  private static final double SLACK = 1e-6;

  public SplitShares {
    names = List.copyOf(names);
    shares = List.copyOf(shares);
    if (names.size() != shares.size() || shares.size() < 2) {
      throw new IllegalArgumentException(
          "a split needs two shares or more and a name for each, got %d shares and %d names"
              .formatted(shares.size(), names.size()));
    }
    if (new HashSet<>(names).size() < names.size()
        || !names.stream().allMatch(name -> name.matches("[\\w.-]+"))) {
      throw new IllegalArgumentException(
          "names must be distinct and fit to be files, got " + String.join(",", names));
    }
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (!shares.stream().allMatch(share -> share > 0) || Math.abs(sum - 1) > SLACK) {
      throw new IllegalArgumentException(
          "shares must be above 0 and add to 1, got %s, which add to %.6g".formatted(shares, sum));
    }
  }

  /**
   * Reads {@code 0.8,0.1,0.1}.
   *
   * @param names {@code a,b,c}; empty for train and val, or train, val and test
   */
  public static SplitShares parse(String shares, String names) {
    List<Double> numbers = Arrays.stream(shares.split(",", -1)).map(SplitShares::number).toList();
    return new SplitShares(
        names.isEmpty() ? usual(numbers.size()) : List.of(names.split(",", -1)), numbers);
  }

  private static List<String> usual(int count) {
    if (count > 3) {
      throw new IllegalArgumentException(
          "%d shares need names of their own, such as --names a,b,c,d".formatted(count));
    }
    return List.of("train", "val", "test").subList(0, count);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "shares must be numbers apart by commas, such as 0.8,0.1,0.1, got '%s'".formatted(text));
    }
  }
}

package io.tubelet.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Gives recorded numbers, each of which must lie within the bounds asked for, and no more. */
final class Draws implements RandomGenerator {
  private final Deque<Integer> left = new ArrayDeque<>();
  private final List<Integer> bounds = new ArrayList<>();

  static Draws of(int... numbers) {
    Draws draws = new Draws();
    for (int number : numbers) {
      draws.left.add(number);
    }
    return draws;
  }

  static Draws none() {
    return new Draws();
  }

  /** The upper bounds that were asked for. */
  List<Integer> bounds() {
    return bounds;
  }

  @Override
  public int nextInt(int bound) {
    return nextInt(0, bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    int number = left.remove();
    if (number < origin || number >= bound) {
      throw new AssertionError("%d is not in [%d, %d)".formatted(number, origin, bound));
    }
    bounds.add(bound);
    return number;
  }

  @Override
  public long nextLong() {
    throw new AssertionError("only ints are recorded");
  }
}

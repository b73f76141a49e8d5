package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Gives back what Python's generator gave an official program, in order. */
final class OfficialDraws implements RandomGenerator {
  private final Deque<JsonNode> left = new ArrayDeque<>();

  /** Each draw: the name of the function, its arguments, its result. */
  OfficialDraws(JsonNode draws) {
    draws.forEach(left::add);
  }

  @Override
  public double nextDouble() {
    JsonNode draw = left.remove();
    if (draw.get(0).asText().equals("random")) {
      return draw.get(1).asDouble();
    }
    assertThat(draw.get(0).asText()).isEqualTo("uniform");
    double from = draw.get(1).asDouble();
    return (draw.get(3).asDouble() - from) / (draw.get(2).asDouble() - from);
  }

  @Override
  public int nextInt(int bound) {
    JsonNode draw = left.remove();
    assertThat(draw.get(0).asText()).isEqualTo("randint");
    assertThat(bound).isEqualTo(draw.get(2).asInt() + 1);
    return draw.get(3).asInt();
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException();
  }

  void assertUsedUp() {
    assertThat(left).isEmpty();
  }
}

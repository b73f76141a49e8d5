package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinationTest {

  @Test
  void advance_threeLists_goesThroughAllCombinationsOnce() {
    List<String> all = new ArrayList<>();
    Combination next = new Combination();
    do {
      String first = next.of(List.of("a", "b"));
      String second = next.of(List.of("-"));
      int third = next.of(List.of(1, 2, 3));
      all.add(first + second + third);
    } while (next.advance());

    assertThat(all).containsExactly("a-1", "b-1", "a-2", "b-2", "a-3", "b-3");
  }
}

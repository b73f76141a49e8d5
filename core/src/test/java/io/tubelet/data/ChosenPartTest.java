package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.Manifest.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenPartTest {
  /** 10 videos of class 0, 30 of class 1, 3 of class 2, by turns as far as they last. */
  private static final Manifest VIDEOS =
      new Manifest(
          Path.of("list"),
          IntStream.range(0, 43)
              .mapToObj(i -> new Entry("v" + i, Path.of("v" + i), i < 10 ? 0 : i < 40 ? 1 : 2))
              .toList());

  private static List<String> names(Manifest videos) {
    return videos.entries().stream().map(Entry::name).toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 10, 30, 3", "0.5, 5, 15, 2", "0.1, 1, 3, 1", "0.01, 1, 1, 1"})
  void part_share_isOfEachClassAndOneAtLeast(double share, int first, int second, int third) {
    Manifest part = VIDEOS.part(share, 7);

    assertThat(part.entries().stream().filter(e -> Integer.valueOf(0).equals(e.label())))
        .hasSize(first);
    assertThat(part.entries().stream().filter(e -> Integer.valueOf(1).equals(e.label())))
        .hasSize(second);
    assertThat(part.entries().stream().filter(e -> Integer.valueOf(2).equals(e.label())))
        .hasSize(third);
  }

  @Test
  void part_smallerShare_liesWithinTheLargerInTheSameOrder() {
    List<String> quarter = names(VIDEOS.part(0.25, 3));
    List<String> half = names(VIDEOS.part(0.5, 3));

    assertThat(names(VIDEOS)).containsSubsequence(half);
    assertThat(half).containsSubsequence(quarter);
    assertThat(half.size()).isGreaterThan(quarter.size());
  }

  @Test
  void part_seed_decidesWhichAndAlwaysTheSame() {
    assertThat(names(VIDEOS.part(0.5, 3))).isEqualTo(names(VIDEOS.part(0.5, 3)));
    assertThat(names(VIDEOS.part(0.5, 3))).isNotEqualTo(names(VIDEOS.part(0.5, 4)));
  }

  @Test
  void part_shareThatIsNone_isRefused() {
    assertThatThrownBy(() -> VIDEOS.part(0, 1)).hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> VIDEOS.part(1.5, 1)).hasMessageContaining("got 1.5");
  }
}

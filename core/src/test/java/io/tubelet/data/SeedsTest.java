package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.data.Seeds.Purpose;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void stream_everyPurposePassAndSample_isAnother() {
    Set<Long> first = new HashSet<>();
    for (long run = 0; run < 3; run++) {
      for (Purpose purpose : Purpose.values()) {
        for (long pass = 0; pass < 20; pass++) {
          for (long sample = 0; sample < 20; sample++) {
            first.add(new Seeds(run).stream(purpose, pass, sample).nextLong());
          }
        }
      }
    }
    assertThat(first).hasSize(3 * Purpose.values().length * 20 * 20);
  }

  /**
   * These numbers are part of every checkpoint: a run resumed by a later version must draw them.
   */
  @Test
  void stream_knownPlace_drawsTheKnownNumber() {
    assertThat(new Seeds(1).stream(Purpose.CLIP, 2, 3).nextLong()).isEqualTo(-6074584625936675732L);
    assertThat(new Seeds(1).stream(Purpose.MASK, 2, 3).nextInt(1000)).isEqualTo(723);
  }
}

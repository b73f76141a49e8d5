package io.tubelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowingWeightsTest {
  private final TensorScope scope = new TensorScope();
  private final Tensor leader = numbers(4, -8).set_requires_grad(true);
  private final Tensor follower = numbers(0, 0).set_requires_grad(true);
  private final FollowingWeights weights =
      new FollowingWeights(Map.of("w", follower), Map.of("w", leader, "head", numbers(1, 1)));

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor numbers(float one, float two) {
    return HostArrays.ofFloats(new float[] {one, two}, 2);
  }

  @Test
  void follow_twice_givesTheNumbersByHand() {
    weights.follow(0.75);
    assertThat(HostArrays.toFloats(follower)).containsExactly(1, -2);
    weights.follow(0.5);
    assertThat(HostArrays.toFloats(follower)).containsExactly(2.5f, -5);
    assertThat(HostArrays.toFloats(leader)).containsExactly(4, -8);
  }

  @Test
  void follow_atOne_standsStillAndBeginGoesThereAtOnce() {
    weights.follow(1);
    assertThat(HostArrays.toFloats(follower)).containsExactly(0, 0);
    weights.begin();
    assertThat(HostArrays.toFloats(follower)).containsExactly(4, -8);
  }

  @Test
  void followingWeights_nobodyToFollow_isRefusedByName() {
    assertThatThrownBy(() -> new FollowingWeights(Map.of("x", follower), Map.of("w", leader)))
        .hasMessageContaining("'x'");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.99", "50, 0.995", "100, 1"})
  void cosineMomentum_risesToOne(long done, double expected) {
    assertThat(new CosineMomentum(0.99, 100).at(done)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void cosineMomentum_aQuarterIn_followsTheCosine() {
    assertThat(new CosineMomentum(0.5, 8).at(2))
        .isCloseTo(1 - 0.25 * (1 + Math.sqrt(0.5)), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void momentum_outsideOfItsRange_isRefused(double momentum) {
    assertThatThrownBy(() -> new CosineMomentum(momentum, 10))
        .hasMessageContaining("contrast.momentum")
        .hasMessageContaining(Double.toString(momentum));
  }
}

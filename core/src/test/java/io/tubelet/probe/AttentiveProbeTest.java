package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.fixture.NamedTensors;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttentiveProbeTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static AttentiveProbe probe(List<Double> rates, int epochs) {
    return new AttentiveProbe(
        new AttentiveProbeConfig(
            2, 4, new RateGrid(rates, List.of(0.01)), 16, epochs, 1, 0, false, 3),
        Placement.CPU);
  }

  /** Keys and values of every token, as the formula in the documentation has them. */
  @Test
  void logits_twoHeads_areThoseOfTheFormulaWrittenOut() {
    FeatureSet set = SyntheticFeatures.set(4, 5, 12, 3, 1, 8);
    try (AttentiveHeads heads =
        new AttentiveHeads(12, 3, probe(List.of(1e-3), 2).config(), Placement.CPU)) {
      NamedTensors p = new NamedTensors(heads.heads().get(0).parameters());
      torch.manual_seed(1);
      p.all().values().forEach(t -> t.detach().add_(torch.randn_like(t)));
      Tensor x = norm(set.features(), p, "norm1"); // [B, N, D]
      Tensor query = linear(p.get("query"), p, "q").expand(4, 1, 12);
      Tensor keys = torch.matmul(x, p.get("k.weight").t());
      Tensor mixed =
          torch
              .scaled_dot_product_attention(split(query), split(keys), split(linear(x, p, "v")))
              .transpose(1, 2)
              .reshape(4, 12);
      Tensor z = p.get("query").add(linear(mixed, p, "proj"));
      Tensor hidden = torch.gelu(linear(norm(z, p, "norm2"), p, "mlp.fc1"));
      Tensor expected = linear(z.add(linear(hidden, p, "mlp.fc2")), p, "head");
      assertThat(HostArrays.toFloats(heads.logits(set.features()).select(0, 0)))
          .containsExactly(HostArrays.toFloats(expected), within(2e-4f));
    }
  }

  private static Tensor split(Tensor x) {
    return x.reshape(4, -1, 2, 6).transpose(1, 2); // [B, H, N, K]
  }

  private static Tensor linear(Tensor x, NamedTensors p, String name) {
    return torch.linear(x, p.get(name + ".weight"), new TensorOptional(p.get(name + ".bias")));
  }

  private static Tensor norm(Tensor x, NamedTensors p, String name) {
    return torch.layer_norm(
        x,
        new long[] {12},
        new TensorOptional(p.get(name + ".weight")),
        new TensorOptional(p.get(name + ".bias")),
        1e-6,
        true);
  }

  /**
   * One of nine tokens carries the class, at a place of its own in every clip: their mean drowns
   * it, attention finds it.
   */
  @Test
  void run_oneTellingToken_isFound() {
    ProbeData data =
        new ProbeData(tellingToken(120, 1), tellingToken(60, 2), tellingToken(60, 3), 3);
    ProbeResult result = probe(List.of(1e-2), 15).run(data);
    assertThat(result.test().top1()).isGreaterThan(0.95);
  }

  private static FeatureSet tellingToken(int clips, long seed) {
    FeatureSet set = SyntheticFeatures.set(clips, 9, 12, 3, 0, seed);
    for (int i = 0; i < clips; i++) {
      Tensor token = set.features().select(0, i).select(0, i * 5 % 9); // [D]
      token.zero_();
      token.narrow(0, 0, 1).fill_(new Scalar(8));
      token.narrow(0, 1 + set.labels()[i], 1).fill_(new Scalar(6));
    }
    return set;
  }

  @Test
  void fit_allSettingsAtOnce_equalsEachAlone() {
    ProbeData data = SyntheticFeatures.data(4, 12, 0.5);
    AttentiveProbe sweep = probe(List.of(1e-3, 1e-2), 3);
    try (FittedProbe together = sweep.fit(data.train(), 3)) {
      Tensor judged = together.logProbabilities(data.test().features());
      for (int s = 0; s < 2; s++) {
        try (FittedProbe alone = sweep.only(s).fit(data.train(), 3)) {
          assertThat(HostArrays.toFloats(judged.select(0, s)))
              .containsExactly(
                  HostArrays.toFloats(alone.logProbabilities(data.test().features())),
                  within(1e-5f));
        }
      }
    }
  }

  @Test
  void run_twice_givesTheSameNumbersAndFreesWhatItMade() {
    ProbeData data = SyntheticFeatures.data(4, 12, 0.5);
    AttentiveProbe probe = probe(List.of(1e-3), 2);
    ProbeResult first = probe.run(data);
    long before = Pointer.totalCount();
    assertThat(probe.run(data).testProbabilities()).isDeepEqualTo(first.testProbabilities());
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void run_headsThatDoNotDivideTheWidth_areRefused() {
    AttentiveProbe probe = probe(List.of(1e-3), 2);
    ProbeData data = SyntheticFeatures.data(4, 13, 0.5);
    assertThatThrownBy(() -> probe.run(data)).hasMessageContaining("heads=2, width=13");
  }

  @Test
  void config_nonsense_namesTheField() {
    AttentiveProbeConfig c = AttentiveProbeConfig.DEFAULT;
    assertThatThrownBy(() -> new AttentiveProbeConfig(0, 4, c.grid(), 1, 2, 0, 0, false, 0))
        .hasMessageContaining("heads must be at least 1, got 0");
    assertThatThrownBy(() -> new AttentiveProbeConfig(1, 4, c.grid(), 1, 2, 0, 1, false, 0))
        .hasMessageContaining("smoothing must lie in [0, 1), got 1.0");
  }
}

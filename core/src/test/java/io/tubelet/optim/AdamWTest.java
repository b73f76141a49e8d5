package io.tubelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.fixture.NamedTensors;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final AdamWConfig CONFIG = new AdamWConfig(0.9, 0.95, 1e-8, 0);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Two small tensors and one that is longer than a piece, from a seed. */
  private static Map<String, Tensor> parameters() {
    torch.manual_seed(3);
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("a.weight", torch.randn(3, 5).set_requires_grad(true));
    parameters.put("a.bias", torch.randn(7).set_requires_grad(true));
    parameters.put("b.weight", torch.randn(700, 500).set_requires_grad(true));
    return parameters;
  }

  private static Tensor get(Map<String, Tensor> tensors, String name) {
    return new NamedTensors(tensors).get(name);
  }

  private static AdamW adamW(Map<String, Tensor> parameters, AdamWConfig config) {
    return new AdamW(parameters, WeightDecayRule.SPARE_VECTORS.groups(parameters, 0.05), config);
  }

  private static Tensor loss(Map<String, Tensor> parameters) {
    Tensor loss = torch.zeros(1).sum();
    for (Tensor parameter : parameters.values()) {
      loss = loss.add(parameter.square().mean()).add(parameter.sin().sum());
    }
    return loss;
  }

  private static void step(AdamW adamW, Map<String, Tensor> parameters, Tensor reported) {
    adamW.zeroGrad();
    loss(parameters).backward();
    adamW.step(0.01, reported, adamW.gradNorm());
  }

  private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, tensor.detach().clone()));
    return copies;
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (name, tensor) -> assertThat(tensor.equal(expected.get(name))).as(name).isTrue());
  }

  /** The update written out in double precision, as PyTorch documents it. */
  @Test
  void step_threeTimes_isTheWrittenOutUpdate() {
    Map<String, Tensor> parameters = parameters();
    double x = get(parameters, "a.weight").detach().reshape(-1).narrow(0, 4, 1).item_double();
    int values = 15;
    double m = 0;
    double v = 0;
    try (AdamW adamW = adamW(parameters, CONFIG)) {
      for (int t = 1; t <= 3; t++) {
        double g = 2 * x / values + Math.cos(x);
        m = 0.9 * m + 0.1 * g;
        v = 0.95 * v + 0.05 * g * g;
        x *= 1 - 0.01 * 0.05;
        x -= 0.01 / (1 - Math.pow(0.9, t)) * m / (Math.sqrt(v / (1 - Math.pow(0.95, t))) + 1e-8);
        step(adamW, parameters, torch.ones(1).sum());
      }
    }
    assertThat(HostArrays.toFloats(get(parameters, "a.weight"))[4])
        .isCloseTo((float) x, within(1e-6f));
  }

  @Test
  void step_lossNotFinite_changesNothingButACounter() {
    Map<String, Tensor> parameters = parameters();
    try (AdamW adamW = adamW(parameters, CONFIG)) {
      step(adamW, parameters, torch.ones(1).sum());
      Map<String, Tensor> before = copies(parameters);
      Map<String, Tensor> state = copies(adamW.state());
      step(adamW, parameters, torch.scalar_tensor(new Scalar(Double.NaN)));
      assertSame(parameters, before);
      assertThat(adamW.skipped()).isEqualTo(1);
      assertThat(adamW.steps()).isEqualTo(1);
      state.remove("skipped");
      Map<String, Tensor> after = new LinkedHashMap<>(adamW.state());
      after.remove("skipped");
      assertSame(after, state);
    }
  }

  @Test
  void step_firstGradientNotFinite_leavesParametersAndGoesOnAfterwards() {
    for (double poison : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Map<String, Tensor> parameters = parameters();
      Map<String, Tensor> before = copies(parameters);
      try (AdamW adamW = adamW(parameters, new AdamWConfig(0.9, 0.95, 1e-8, 0.5))) {
        loss(parameters).backward();
        get(parameters, "a.bias").grad().narrow(0, 2, 1).fill_(new Scalar(poison));
        adamW.step(0.01, torch.ones(1).sum(), adamW.gradNorm());
        assertSame(parameters, before);
        assertThat(adamW.skipped()).isEqualTo(1);

        step(adamW, parameters, torch.ones(1).sum());
        Map<String, Tensor> clean = parameters();
        try (AdamW other = adamW(clean, new AdamWConfig(0.9, 0.95, 1e-8, 0.5))) {
          step(other, clean, torch.ones(1).sum());
        }
        assertSame(parameters, clean);
      }
    }
  }

  @Test
  void clip_longGradient_isScaledToTheNorm() {
    Map<String, Tensor> parameters = parameters();
    try (AdamW adamW = adamW(parameters, new AdamWConfig(0, 0.95, 1e-8, 0.5))) {
      loss(parameters).backward();
      double norm = adamW.gradNorm().item_double();
      float first = HostArrays.toFloats(get(parameters, "a.weight").grad())[0];
      adamW.step(0.01, torch.ones(1).sum(), adamW.gradNorm());
      Tensor moment = get(adamW.state(), "moment1.a.weight");
      assertThat(norm).isGreaterThan(0.5);
      assertThat((double) HostArrays.toFloats(moment)[0])
          .isCloseTo(first * 0.5 / norm, within(1e-7));
    }
  }

  @Test
  void state_copiedBack_goesOnBitForBit() {
    Map<String, Tensor> straight = parameters();
    Map<String, Tensor> resumed = parameters();
    try (AdamW one = adamW(straight, CONFIG)) {
      step(one, straight, torch.ones(1).sum());
      Map<String, Tensor> weights = copies(straight);
      Map<String, Tensor> state = copies(one.state());
      step(one, straight, torch.ones(1).sum());

      try (NoGradGuard noGrad = new NoGradGuard()) {
        weights.forEach((name, value) -> get(resumed, name).copy_(value));
      }
      try (AdamW two = adamW(resumed, CONFIG)) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
          two.state().forEach((name, view) -> view.copy_(get(state, name)));
        }
        step(two, resumed, torch.ones(1).sum());
      }
    }
    assertSame(resumed, straight);
  }

  @Test
  void groups_parameterInNone_isRefusedByName() {
    Map<String, Tensor> parameters = parameters();
    List<ParameterGroup> groups = List.of(new ParameterGroup(0, 1, List.of("a.weight", "a.bias")));
    assertThatThrownBy(() -> new AdamW(parameters, groups, CONFIG))
        .hasMessageContaining("b.weight");
  }

  @Test
  void accumulation_twoHalves_equalOneWhole() {
    Map<String, Tensor> whole = parameters();
    Map<String, Tensor> halves = parameters();
    try (AdamW one = adamW(whole, CONFIG);
        AdamW two = adamW(halves, CONFIG)) {
      step(one, whole, torch.ones(1).sum());
      two.zeroGrad();
      loss(halves).mul(new Scalar(0.5)).backward();
      loss(halves).mul(new Scalar(0.5)).backward();
      two.step(0.01, torch.ones(1).sum(), two.gradNorm());
      assertSame(halves, whole);
    }
  }

  @Test
  void step_hundredTimes_leavesNoNativeObjects() {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("a.weight", torch.randn(30, 50).set_requires_grad(true));
    try (AdamW adamW = adamW(parameters, CONFIG)) {
      long before = 0;
      for (int i = 0; i < 100; i++) {
        try (TensorScope inner = new TensorScope()) {
          step(adamW, parameters, torch.ones(1).sum());
        }
        before = i == 0 ? Pointer.totalCount() : before;
      }
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
  }
}

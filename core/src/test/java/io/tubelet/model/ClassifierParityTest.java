package io.tubelet.model;

import static io.tubelet.fixture.Closeness.difference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.fixture.FixtureCase;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.LargestErrors;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.nn.DropPath;
import io.tubelet.nn.Dropout;
import io.tubelet.objective.CrossEntropy;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.optim.LayerDecay;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Every tensor that the official classifiers computed, computed again; tolerances as in
 * pre-training.
 */
class ClassifierParityTest {
  private static final double ACTIVATION = 1e-5;
  private static final double GRADIENT = 1e-5;
  private static final double PARAMETER = 2e-5;

  private static final LargestErrors ERRORS = new LargestErrors("classifiers");

  @AfterAll
  static void writeErrors() throws IOException {
    ERRORS.write();
  }

  @TestFactory
  Stream<DynamicNode> officialCases_computedAgain_agree() {
    return FixtureFolder.all().stream()
        .flatMap(folder -> folder.cases().stream())
        .filter(OfficialClassifier::isClassifier)
        .map(ClassifierParityTest::tests);
  }

  private static DynamicContainer tests(FixtureCase fixture) {
    List<DynamicNode> tests =
        new ArrayList<>(
            List.of(
                test("intermediates", fixture, ClassifierParityTest::intermediates),
                test("features and logits", fixture, ClassifierParityTest::featuresAndLogits),
                test("losses", fixture, ClassifierParityTest::losses),
                test("recomputed gradients", fixture, ClassifierParityTest::recomputedGradients),
                test("layer decay", fixture, ClassifierParityTest::layerDecay)));
    if (fixture.part("grads").isPresent()) {
      tests.add(test("gradients", fixture, ClassifierParityTest::gradients));
    }
    if (fixture.sidecar().has("step1")) {
      tests.add(test("one step", fixture, ClassifierParityTest::oneStep));
    }
    return dynamicContainer(fixture.folder().name() + "/" + fixture.name(), tests);
  }

  private static DynamicNode test(String name, FixtureCase fixture, Consumer<Run> body) {
    return dynamicTest(
        name,
        () -> {
          try (TensorScope scope = new TensorScope();
              Run run = Run.of(fixture, Compute.CPU_FP32)) {
            body.accept(run);
          }
        });
  }

  /** A classifier with the fixture's weights, and the fixture's tensors. */
  private record Run(
      OfficialClassifier official, VideoClassifier model, Tensor pixels, NamedTensors io)
      implements AutoCloseable {
    static Run of(FixtureCase fixture, Compute compute) {
      OfficialClassifier official = OfficialClassifier.of(fixture);
      VideoClassifier model = new VideoClassifier(official.config(), compute);
      model.load(official.names().toOurs(fixture.tensors("state").all()));
      NamedTensors io = fixture.tensors("io");
      return new Run(official, model, official.pixels(io), io);
    }

    @Override
    public void close() {
      model.close();
    }

    String name(String what) {
      return official.fixture().name() + " " + what;
    }

    Tensor trainingLogits() {
      return model.trainingLogits(pixels, official.recordedDraws(io), Dropout.NEVER);
    }

    Tensor trainingLoss() {
      return CrossEntropy.ofDistributions(trainingLogits(), io.get("soft_targets"));
    }

    JsonNode sidecar() {
      return official.fixture().sidecar();
    }

    List<ParameterGroup> groups() {
      return new LayerDecay(
              sidecar().get("layer_decay").asDouble(), official.config().encoder().depth())
          .groups(
              model.parameters(),
              WeightDecayRule.SPARE_VECTORS_AND_TOKENS,
              sidecar().get("weight_decay").asDouble());
    }
  }

  private static void intermediates(Run run) {
    Tensor patches = run.model().patchEmbed().forward(run.pixels());
    Tensor expected = run.io().get("patch_embed_out").reshape(patches.size(0), patches.size(1), -1);
    ERRORS.assertCloseToScaleOrOne(
        "activations", patches, expected, ACTIVATION, run.name("patch embedding"));
    Tensor block0 =
        run.model()
            .blocks()
            .blocks()
            .get(0)
            .forward(run.model().embed(run.pixels()), DropPath.NEVER);
    ERRORS.assertCloseToScaleOrOne(
        "activations", block0, run.io().get("block0_out"), ACTIVATION, run.name("block 0"));
  }

  private static void featuresAndLogits(Run run) {
    Tensor features = run.model().features(run.pixels());
    ERRORS.assertCloseToScaleOrOne(
        "features", features, run.io().get("features_eval"), ACTIVATION, run.name("features"));
    Tensor logits = run.model().logits(run.pixels());
    ERRORS.assertCloseToScaleOrOne(
        "logits", logits, run.io().get("logits_eval"), ACTIVATION, run.name("logits"));
    ERRORS.assertCloseToScaleOrOne(
        "logits",
        run.trainingLogits(),
        run.io().get("logits_train"),
        ACTIVATION,
        run.name("logits in training"));
  }

  private static void losses(Run run) {
    JsonNode expected = run.sidecar().get("losses");
    Tensor logits = run.model().logits(run.pixels());
    Tensor labels = run.io().get("labels");
    for (Map.Entry<String, JsonNode> loss : expected.properties()) {
      Tensor ours =
          switch (loss.getKey()) {
            case "soft_target_ce_train", "soft_target_ce_train_float64" -> run.trainingLoss();
            case "soft_target_ce_eval" ->
                CrossEntropy.ofDistributions(logits, run.io().get("soft_targets"));
            case "label_smoothing_0.1_ce_eval" -> CrossEntropy.ofLabels(logits, labels, 0.1);
            case "label_smoothing_0.3_ce_eval" -> CrossEntropy.ofLabels(logits, labels, 0.3);
            case "ce_eval" -> CrossEntropy.ofLabels(logits, labels, 0);
            default -> throw new AssertionError("unknown loss " + loss.getKey());
          };
      ERRORS.assertClose(
          "losses",
          ours.item_double(),
          loss.getValue().asDouble(),
          ACTIVATION,
          run.name(loss.getKey()));
    }
  }

  private static void gradients(Run run) {
    run.trainingLoss().backward();
    Map<String, Tensor> ours = new LinkedHashMap<>();
    run.model().parameters().forEach((name, p) -> ours.put(name, p.grad()));
    NamedTensors theirs = run.official().fixture().tensors("grads");
    Set<String> noise = run.official().fixture().zeroGradients();
    Map<String, Tensor> named = run.official().names().toTheirs(ours);
    assertThat(named.keySet()).isEqualTo(theirs.all().keySet());
    named.forEach(
        (name, gradient) -> {
          if (noise.contains(name)) {
            assertThat(gradient.abs().max().item_double()).as(name).isLessThan(1e-7);
          } else {
            ERRORS.assertCloseToScale(
                "gradients", gradient, theirs.get(name), GRADIENT, run.name(name));
          }
        });
  }

  private static void recomputedGradients(Run run) {
    run.trainingLoss().backward();
    for (Activations activations : List.of(Activations.RECOMPUTE, new Activations(1))) {
      recomputedGradients(run, activations);
    }
  }

  private static void recomputedGradients(Run run, Activations activations) {
    try (Run again = Run.of(run.official().fixture(), Compute.CPU_FP32.with(activations))) {
      again.trainingLoss().backward();
      NamedTensors recomputed = new NamedTensors(again.model().parameters());
      run.model()
          .parameters()
          .forEach(
              (name, p) ->
                  assertThat(difference(recomputed.get(name).grad(), p.grad())).as(name).isZero());
    }
  }

  private static void layerDecay(Run run) {
    assertThat(lines(run)).containsExactlyInAnyOrderElementsOf(officialLines(run));
  }

  private static List<String> lines(Run run) {
    List<String> lines = new ArrayList<>();
    Map<String, Tensor> parameters = run.model().parameters();
    for (ParameterGroup group : run.groups()) {
      Map<String, Tensor> members = new LinkedHashMap<>(parameters);
      members.keySet().retainAll(group.names());
      for (String name : run.official().names().toTheirs(members).keySet()) {
        lines.add("%s lr*%.12g wd %s".formatted(name, group.lrScale(), group.weightDecay()));
      }
    }
    return lines;
  }

  private static List<String> officialLines(Run run) {
    List<String> lines = new ArrayList<>();
    for (JsonNode p : run.sidecar().get("param_groups")) {
      lines.add(
          "%s lr*%.12g wd %s"
              .formatted(
                  p.get("name").asText(),
                  p.get("lr_scale").asDouble(),
                  p.get("weight_decay").asDouble()));
    }
    return lines;
  }

  private static void oneStep(Run run) {
    JsonNode step = run.sidecar().get("step1");
    AdamWConfig config =
        new AdamWConfig(
            step.get("betas").get(0).asDouble(),
            step.get("betas").get(1).asDouble(),
            step.get("eps").asDouble(),
            0);
    try (AdamW adamW = new AdamW(run.model().parameters(), run.groups(), config)) {
      Tensor loss = run.trainingLoss();
      loss.backward();
      adamW.step(step.get("lr").asDouble(), loss, adamW.gradNorm());
    }
    Set<String> noise = run.official().fixture().zeroGradients();
    NamedTensors expected = run.official().fixture().tensors("step1");
    run.official()
        .names()
        .toTheirs(run.model().parameters())
        .forEach(
            (name, parameter) -> {
              if (!noise.contains(name)) {
                ERRORS.assertClose(
                    "parameters after a step",
                    parameter,
                    expected.get(name),
                    PARAMETER,
                    run.name(name));
              }
            });
  }
}

package io.tubelet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.fixture.FixtureCase;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.LargestErrors;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.nn.DropPath;
import io.tubelet.optim.AdamW;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Every tensor that the official pre-training programs computed, computed again.
 *
 * <p>Tolerances in float32, other order of summation: activations of order one 1e-5, gradients 1e-5
 * of the tensor's largest, parameters after steps 2e-5.
 */
class PretrainingParityTest {
  private static final double ACTIVATION = 1e-5;
  private static final double GRADIENT = 1e-5;
  private static final double PARAMETER = 2e-5;

  private static final LargestErrors ERRORS = new LargestErrors("pretraining");

  @AfterAll
  static void writeErrors() throws IOException {
    ERRORS.write();
  }

  @TestFactory
  Stream<DynamicNode> officialCases_computedAgain_agree() {
    return FixtureFolder.all().stream()
        .flatMap(folder -> folder.cases().stream())
        .filter(fixture -> !OfficialClassifier.isClassifier(fixture))
        .map(PretrainingParityTest::tests);
  }

  private static DynamicContainer tests(FixtureCase fixture) {
    return dynamicContainer(
        fixture.folder().name() + "/" + fixture.name(),
        Stream.of(
            test("intermediates", fixture, PretrainingParityTest::intermediates),
            test("prediction", fixture, PretrainingParityTest::prediction),
            test("target and loss", fixture, PretrainingParityTest::targetAndLoss),
            test("gradients", fixture, PretrainingParityTest::gradients),
            test("parameter groups", fixture, PretrainingParityTest::groups),
            test("three steps", fixture, PretrainingParityTest::threeSteps)));
  }

  private static DynamicNode test(String name, FixtureCase fixture, Consumer<Run> body) {
    return dynamicTest(
        name,
        () -> {
          OfficialPretraining official = OfficialPretraining.of(fixture);
          try (TensorScope scope = new TensorScope();
              MaskedAutoencoder model =
                  new MaskedAutoencoder(official.config(), Compute.CPU_FP32)) {
            model.load(official.names().toOurs(fixture.tensors("state").all()));
            body.accept(new Run(official, model, fixture.tensors("io")));
          }
        });
  }

  /** A model with the fixture's weights, and the fixture's tensors. */
  private record Run(OfficialPretraining official, MaskedAutoencoder model, NamedTensors io) {
    Tensor visible(TokenMasks masks) {
      return TokenMasks.pick(official.tokens(io), masks.visible());
    }

    Tensor predict(TokenMasks masks) {
      return model.forward(visible(masks), masks);
    }

    Tensor target(TokenMasks masks) {
      return official.reconstruction().target(official.unitTokens(io), masks);
    }

    Tensor loss(TokenMasks masks) {
      return official.reconstruction().loss().of(predict(masks), target(masks));
    }

    String name(String what) {
      return official.fixture().name() + " " + what;
    }

    JsonNode sidecar() {
      return official.fixture().sidecar();
    }
  }

  private static void intermediates(Run run) {
    OfficialPretraining official = run.official();
    TokenMasks masks = official.masks(run.io(), 0);
    Encoder encoder = run.model().encoder();
    Tensor all = encoder.patchEmbed().forward(official.tokens(run.io()));
    Tensor patches = run.io().get("patch_embed_out");
    ERRORS.assertCloseToScaleOrOne(
        "activations",
        all,
        patches.reshape(all.size(0), all.size(1), -1),
        ACTIVATION,
        run.name("patch embedding"));

    Tensor entered = encoder.embed(run.visible(masks), masks.visible());
    Tensor block0 = encoder.blocks().blocks().get(0).forward(entered, DropPath.NEVER);
    String block0Name = official.isMaeSt() ? "block0_out" : "encoder_block0_out";
    ERRORS.assertCloseToScaleOrOne(
        "activations",
        block0,
        ascending(run, run.io().get(block0Name)),
        ACTIVATION,
        run.name("encoder block 0"));

    Tensor latent = run.model().encode(run.visible(masks), masks);
    String latentName = official.isMaeSt() ? "latent" : "encoder_out";
    ERRORS.assertCloseToScaleOrOne(
        "activations",
        latent,
        ascending(run, run.io().get(latentName)),
        ACTIVATION,
        run.name("latent"));

    Tensor decoding = run.model().decoder().embed(latent, masks);
    Tensor decoderBlock0 =
        run.model().decoder().blocks().blocks().get(0).forward(decoding, DropPath.NEVER);
    ERRORS.assertCloseToScaleOrOne(
        "activations",
        decoderBlock0,
        run.io().get("decoder_block0_out"),
        ACTIVATION,
        run.name("decoder block 0"));
  }

  /** mae_st keeps the encoder's tokens in the order of their noise, we in that of the clip. */
  private static Tensor ascending(Run run, Tensor encoded) {
    if (!run.official().isMaeSt()) {
      return encoded;
    }
    Tensor order = run.io().get("ids_keep").argsort(1, false);
    long first = encoded.size(1) - order.size(1);
    if (first == 0) {
      return TokenMasks.pick(encoded, order);
    }
    Tensor tokens = TokenMasks.pick(encoded.narrow(1, first, order.size(1)), order);
    return torch.cat(new TensorVector(encoded.narrow(1, 0, first), tokens), 1);
  }

  private static void prediction(Run run) {
    TokenMasks masks = run.official().masks(run.io(), 0);
    Tensor expected =
        run.official().isMaeSt()
            ? TokenMasks.pick(run.io().get("pred"), masks.hidden())
            : run.io().get("decoder_out_masked");
    ERRORS.assertCloseToScaleOrOne(
        "prediction", run.predict(masks), expected, ACTIVATION, run.name("prediction"));
  }

  private static void targetAndLoss(Run run) {
    TokenMasks masks = run.official().masks(run.io(), 0);
    Tensor expected =
        run.official().isMaeSt()
            ? TokenMasks.pick(run.io().get("target"), masks.hidden())
            : run.io().get("target_masked");
    ERRORS.assertClose("target", run.target(masks), expected, ACTIVATION, run.name("target"));
    ERRORS.assertClose(
        "loss, against float64",
        run.loss(masks).item_double(),
        run.sidecar().get("loss_float64").asDouble(),
        ACTIVATION,
        run.name("loss"));
    if (run.official().isMaeSt()) {
      int[] frames = run.official().config().predicted().indices();
      assertThat(Arrays.stream(frames).asLongStream().toArray())
          .isEqualTo(HostArrays.toLongs(run.io().get("frame_index")));
    }
  }

  private static void gradients(Run run) {
    run.loss(run.official().masks(run.io(), 0)).backward();
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

  private static void groups(Run run) {
    Map<Double, Set<String>> expected = new LinkedHashMap<>();
    for (JsonNode group : run.sidecar().get("optimizer").get("groups")) {
      expected
          .computeIfAbsent(group.get("weight_decay").asDouble(), wd -> new TreeSet<>())
          .addAll(FixtureCase.strings(group.get("params")));
    }
    Map<Double, Set<String>> actual = new LinkedHashMap<>();
    Map<String, Tensor> parameters = run.model().parameters();
    run.official()
        .groups(run.model())
        .forEach(
            group -> {
              Map<String, Tensor> members = new LinkedHashMap<>();
              group.names().forEach(name -> members.put(name, parameters.get(name)));
              actual
                  .computeIfAbsent(group.weightDecay(), wd -> new TreeSet<>())
                  .addAll(run.official().names().toTheirs(members).keySet());
            });
    assertThat(actual).isEqualTo(expected);
  }

  private static void threeSteps(Run run) {
    JsonNode optimizer = run.sidecar().get("optimizer");
    OfficialPretraining official = run.official();
    try (AdamW adamW =
        new AdamW(run.model().parameters(), official.groups(run.model()), official.adamW())) {
      for (int step = 0; step < 3; step++) {
        adamW.zeroGrad();
        Tensor loss = run.loss(official.masks(run.io(), step));
        loss.backward();
        Tensor norm = adamW.gradNorm();
        ERRORS.assertClose(
            "losses of three steps",
            loss.item_double(),
            optimizer.get("loss_per_step").get(step).asDouble(),
            PARAMETER,
            run.name("loss of step " + step));
        ERRORS.assertClose(
            "gradient norms of three steps",
            norm.item_double(),
            optimizer.get("grad_norm_before_clip_per_step").get(step).asDouble(),
            PARAMETER,
            run.name("gradient norm of step " + step));
        adamW.step(optimizer.get("lr_per_step").get(step).asDouble(), loss, norm);
        if (step != 1) {
          parametersAfter(run, step + 1);
        }
      }
      assertThat(adamW.steps()).isEqualTo(3);
      assertThat(adamW.skipped()).isZero();
    }
  }

  private static void parametersAfter(Run run, int steps) {
    NamedTensors named =
        new NamedTensors(run.official().names().toTheirs(run.model().parameters()));
    Set<String> noise = run.official().fixture().zeroGradients();
    run.official()
        .fixture()
        .part("step" + steps)
        .ifPresent(
            stored ->
                stored
                    .all()
                    .forEach(
                        (name, expected) -> {
                          if (!noise.contains(name)) {
                            ERRORS.assertClose(
                                "parameters after steps",
                                named.get(name),
                                expected,
                                PARAMETER,
                                run.name(name + " after " + steps));
                          }
                        }));
    JsonNode stats = run.sidecar().get("after_step_stats").get("" + steps);
    assertThat(stats.size()).isEqualTo(named.all().size());
    for (Map.Entry<String, JsonNode> entry : stats.properties()) {
      if (!noise.contains(entry.getKey())) {
        statistics(named.get(entry.getKey()), entry.getValue(), entry.getKey());
      }
    }
  }

  private static void statistics(Tensor parameter, JsonNode expected, String name) {
    float[] values = HostArrays.toFloats(parameter);
    JsonNode first = expected.get("first5");
    for (int i = 0; i < first.size(); i++) {
      ERRORS.assertClose(
          "parameters after steps", values[i], first.get(i).asDouble(), PARAMETER, name);
    }
    double sum = 0;
    double absolute = 0;
    for (float value : values) {
      sum += value;
      absolute += Math.abs(value);
    }
    // Errors of single values have either sign: their sum grows like the root of their number.
    double tolerance = PARAMETER * (1 + Math.sqrt(values.length));
    assertThat(sum)
        .as("%s: sum", name)
        .isCloseTo(expected.get("sum").asDouble(), within(tolerance));
    assertThat(absolute)
        .as("%s: sum of absolute values", name)
        .isCloseTo(expected.get("abs_sum").asDouble(), within(tolerance));
  }
}

package io.tubelet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.Layer;
import io.tubelet.published.PublishedNames;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Fresh weights against the statistics of the official programs', parameter by parameter. */
class InitialisationTest {
  private static final ClipShape CLIP = new ClipShape(16, 224, 224, 2, 16);
  private static final EncoderConfig ONE_BLOCK = new EncoderConfig(768, 1, 12);

  @TestFactory
  Stream<DynamicTest> freshWeights_bothFamilies_haveTheOfficialStatistics() {
    JsonNode stats =
        FixtureFolder.all().stream()
            .flatMap(folder -> folder.table("init_stats").stream())
            .findFirst()
            .orElseThrow();
    return stats.properties().stream()
        .filter(model -> !model.getKey().contains("trunc_init")) // left out on purpose
        .map(model -> dynamicTest(model.getKey(), () -> compare(model.getKey(), model.getValue())));
  }

  private static void compare(String name, JsonNode expected) {
    try (TensorScope scope = new TensorScope();
        Layer model = build(name)) {
      NamedTensors ours = new NamedTensors(names(name).toTheirs(model.parameters()));
      for (Map.Entry<String, JsonNode> entry : expected.properties()) {
        assertStatistics(entry.getKey(), ours.get(entry.getKey()), entry.getValue());
      }
    }
  }

  private static PublishedNames names(String name) {
    boolean maeSt = name.startsWith("maest");
    return name.contains("pretrain")
        ? maeSt ? PublishedNames.MAE_ST_PRETRAINING : PublishedNames.VIDEO_MAE_PRETRAINING
        : maeSt ? PublishedNames.MAE_ST_CLASSIFIER : PublishedNames.VIDEO_MAE_CLASSIFIER;
  }

  private static Layer build(String name) {
    boolean maeSt = name.startsWith("maest");
    return name.contains("pretrain")
        ? MaskedAutoencoder.fresh(pretraining(maeSt), Compute.CPU_FP32, 1)
        : VideoClassifier.fresh(classifier(maeSt), Compute.CPU_FP32, 1);
  }

  private static MaskedAutoencoderConfig pretraining(boolean maeSt) {
    MaskedAutoencoderConfig config =
        maeSt
            ? MaskedAutoencoderConfig.maeSt(CLIP, VitSize.BASE, 1, 8)
            : MaskedAutoencoderConfig.videoMae(CLIP, VitSize.BASE, 1);
    return new MaskedAutoencoderConfig(
        CLIP,
        ONE_BLOCK,
        config.decoder(),
        config.block(),
        config.positions(),
        config.classToken(),
        config.initialisation());
  }

  private static ClassifierConfig classifier(boolean maeSt) {
    return new ClassifierConfig(
        CLIP,
        ONE_BLOCK,
        maeSt ? BlockConfig.MAE_ST : BlockConfig.VIDEO_MAE,
        maeSt ? PositionKind.SEPARABLE : PositionKind.SIN_COS,
        maeSt,
        maeSt ? Pooling.AFTER_FIRST_TOKEN : Pooling.ALL_TOKENS,
        400,
        0,
        0,
        maeSt ? ClassifierInitialisation.MAE_ST : ClassifierInitialisation.VIDEO_MAE,
        maeSt ? 1 : 0.001);
  }

  /** Within five standard errors of two samples of this size, and the same range where bounded. */
  private static void assertStatistics(String name, Tensor parameter, JsonNode expected) {
    float[] values = HostArrays.toFloats(parameter);
    double mean = 0;
    for (float value : values) {
      mean += (double) value / values.length;
    }
    double variance = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      variance += (value - mean) * (value - mean) / (values.length - 1);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double std = expected.get("std").asDouble();
    double error = 5 * std * Math.sqrt(2.0 / values.length) + 1e-12;
    assertThat(mean).as("%s: mean", name).isCloseTo(expected.get("mean").asDouble(), within(error));
    assertThat(Math.sqrt(variance)).as("%s: deviation", name).isCloseTo(std, within(error));
    // Uniform and cut normal distributions end within two deviations, and large samples find the
    // end.
    boolean bounded = std > 0 && expected.get("max").asDouble() < 2 * std;
    if (bounded && values.length > 100_000) {
      double end = expected.get("max").asDouble();
      assertThat(max).as("%s: largest", name).isCloseTo(end, within(end * 1e-3));
      assertThat(min).as("%s: smallest", name).isCloseTo(-end, within(end * 1e-3));
    }
  }

  @Test
  void fresh_sameSeed_givesTheSameWeights() {
    MaskedAutoencoderConfig config =
        MaskedAutoencoderConfig.videoMae(new ClipShape(4, 32, 32, 2, 16), VitSize.TINY, 1);
    try (TensorScope scope = new TensorScope();
        MaskedAutoencoder one = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 7);
        MaskedAutoencoder two = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 7);
        MaskedAutoencoder other = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 8)) {
      String name = "encoder.blocks.0.mlp.fc1.weight";
      Tensor weight = weight(one, name);
      assertThat(weight.equal(weight(two, name))).isTrue();
      assertThat(weight.equal(weight(other, name))).isFalse();
    }
  }

  private static Tensor weight(Layer model, String name) {
    return new NamedTensors(model.parameters()).get(name);
  }
}

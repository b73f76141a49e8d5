package io.tubelet.objective;

import static io.tubelet.fixture.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.augment.MixDraw;
import io.tubelet.clip.CropBox;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MixingTest {
  /** One draw a clip or a pair; no official recipe uses them. */
  private static final Set<String> NOT_OFFERED = Set.of("mix_elem", "mix_pair");

  @TestFactory
  List<DynamicTest> officialBatches_mixedAgain_agreeToTheLastBit() {
    List<DynamicTest> tests = new ArrayList<>();
    for (FixtureFolder folder : FixtureFolder.all()) {
      folder
          .table("mixup")
          .ifPresent(
              table -> {
                for (JsonNode one : table.get("cases")) {
                  String name = one.get("case").asText();
                  if (!NOT_OFFERED.contains(name)) {
                    int classes = table.get("num_classes").asInt();
                    tests.add(
                        dynamicTest(
                            folder.name() + " " + name,
                            () -> assertOfficial(folder, one, classes)));
                  }
                }
              });
    }
    return tests;
  }

  private static void assertOfficial(FixtureFolder folder, JsonNode one, int classes) {
    try (TensorScope scope = new TensorScope()) {
      NamedTensors io = new NamedTensors(folder.tensors("mixup").orElseThrow());
      String name = one.get("case").asText();
      Tensor clips = channelsLast(io.get("x"));
      Tensor before = clips.clone();
      MixDraw draw = draw(one, (int) clips.size(2), (int) clips.size(3));
      double smoothing = one.get("smoothing").asDouble();
      assertClose(Mixing.clips(clips, draw), channelsLast(io.get(name + "_x")), 0, "clips");
      assertClose(
          Mixing.targets(io.get("y"), classes, smoothing, draw),
          io.get(name + "_target"),
          0,
          "targets");
      assertClose(clips, before, 0, "what was given");
    }
  }

  private static MixDraw draw(JsonNode one, int height, int width) {
    double lambda = one.get("lam").asDouble();
    if (!one.has("center_y")) {
      return MixDraw.mixup(lambda);
    }
    int row = one.get("center_y").asInt();
    MixDraw draw = MixDraw.cutmix(lambda, row, one.get("center_x").asInt(), height, width);
    if (one.has("lam_corrected")) {
      assertThat(draw.lambda()).isCloseTo(one.get("lam_corrected").asDouble(), within(1e-15));
    }
    return draw;
  }

  /** {@code [B, 3, T, H, W] -> [B, T, H, W, 3]}. */
  private static Tensor channelsLast(Tensor clips) {
    return clips.permute(0, 2, 3, 4, 1).contiguous();
  }

  @Test
  void nothingDrawn_clipsAndLabels_stayAsTheyAre() {
    try (TensorScope scope = new TensorScope()) {
      Tensor clips = torch.rand(3, 2, 4, 4, 3);
      assertThat(Mixing.clips(clips, MixDraw.NONE)).isSameAs(clips);
      Tensor targets =
          Mixing.targets(HostArrays.ofLongs(new long[] {2, 0, 1}, 3), 3, 0, MixDraw.NONE);
      assertThat(HostArrays.toFloats(targets)).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0);
    }
  }

  @Test
  void targets_mixed_sumToOne() {
    try (TensorScope scope = new TensorScope()) {
      Tensor labels = HostArrays.ofLongs(new long[] {0, 3, 3, 1}, 4);
      Tensor targets = Mixing.targets(labels, 5, 0.1, MixDraw.mixup(0.25));
      assertClose(targets.sum(1), torch.ones(4), 1e-6, "sums");
    }
  }

  @Test
  void oddBatch_mixed_isRefusedNamingTheNumber() {
    try (TensorScope scope = new TensorScope()) {
      Tensor clips = torch.rand(7, 1, 4, 4, 3);
      Tensor labels = HostArrays.ofLongs(new long[7], 7);
      MixDraw cutmix = new MixDraw.Cutmix(new CropBox(0, 0, 2, 2), 0.75);
      for (MixDraw draw : List.of(MixDraw.mixup(0.5), cutmix)) {
        assertThatThrownBy(() -> Mixing.clips(clips, draw))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("even, got 7");
        assertThatThrownBy(() -> Mixing.targets(labels, 3, 0.1, draw))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("even, got 7");
      }
    }
  }

  @Test
  void clips_ofAnotherLayout_areRefusedWithBothShapes() {
    try (TensorScope scope = new TensorScope()) {
      assertThatThrownBy(() -> Mixing.clips(torch.rand(2, 3, 1, 4, 4), MixDraw.mixup(0.5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("clips")
          .hasMessageContaining("[2, 3, 1, 4, 4]");
    }
  }
}

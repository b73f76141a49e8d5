package io.tubelet.model;

import static io.tubelet.fixture.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.mask.RandomMasking;
import io.tubelet.mask.TubeMasking;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that the official programs printed, computed again. */
class OfficialTablesTest {
  static List<FixtureFolder> folders() {
    return FixtureFolder.all();
  }

  private static JsonNode table(FixtureFolder folder, String name) {
    Optional<JsonNode> table = folder.table(name);
    assumeTrue(table.isPresent(), () -> folder + " has no table " + name);
    return table.orElseThrow();
  }

  private static NamedTensors tensors(FixtureFolder folder, String name) {
    Optional<NamedTensors> tensors = folder.tensors(name).map(NamedTensors::new);
    assumeTrue(tensors.isPresent(), () -> folder + " has no tensors " + name);
    return tensors.orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void sinCos_smallTables_agreeToTheLastBit(FixtureFolder folder) {
    try (TensorScope scope = new TensorScope()) {
      tensors(folder, "posembed_sincos")
          .all()
          .forEach(
              (name, expected) -> {
                int tokens = (int) expected.size(0);
                int width = (int) expected.size(1);
                Tensor ours =
                    HostArrays.ofFloats(SinCosPositions.rows(tokens, width), tokens, width);
                assertClose(ours, expected, 6e-8, name);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void sinCos_fullSize_rowsAndSumsAgree(FixtureFolder folder) {
    JsonNode sizes = table(folder, "posembed_sincos").get("full_size");
    for (JsonNode size : sizes) {
      int tokens = size.get("shape").get(0).asInt();
      int width = size.get("shape").get(1).asInt();
      float[] rows = SinCosPositions.rows(tokens, width);
      size.get("rows")
          .properties()
          .forEach(
              row -> {
                int from = Integer.parseInt(row.getKey()) * width;
                for (int i = 0; i < row.getValue().size(); i++) {
                  assertThat((double) rows[from + i])
                      .isCloseTo(row.getValue().get(i).asDouble(), within(6e-8));
                }
              });
      double sum = 0;
      for (float value : rows) {
        sum += value;
      }
      assertThat(sum).isCloseTo(size.get("sum").asDouble(), within(1e-3));
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void interpolation_largerPicture_agrees(FixtureFolder folder) {
    try (TensorScope scope = new TensorScope()) {
      NamedTensors io = tensors(folder, "posembed_interpolate");
      JsonNode sizes = table(folder, "posembed_interpolate");
      Tensor maeSt =
          PositionInterpolation.joint(
              io.get("maest_in"),
              sizes.get("maest").get("extra_tokens").asInt(),
              square(1, sizes.get("maest").get("from").asInt()),
              square(1, sizes.get("maest").get("to").asInt()));
      assertClose(maeSt, io.get("maest_out"), 1e-6, "one picture");
      int frames = sizes.get("videomae").get("frames").asInt();
      Tensor videoMae =
          PositionInterpolation.joint(
              io.get("videomae_in"),
              0,
              square(frames, sizes.get("videomae").get("from").asInt()),
              square(frames, sizes.get("videomae").get("to").asInt()));
      assertClose(videoMae, io.get("videomae_out"), 1e-6, "a picture a slot");
    }
  }

  private static ClipShape square(int slots, int places) {
    return new ClipShape(slots, places, places, 1, 1);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void predictedFrames_officialLine_agrees(FixtureFolder folder) {
    for (JsonNode row : table(folder, "pred_t_index").get("rows_T_pred_indices")) {
      List<Integer> expected = new ArrayList<>();
      row.get(2).forEach(index -> expected.add(index.asInt()));
      assertThat(PredictedFrames.line(row.get(0).asInt(), row.get(1).asInt()))
          .as("%s of %s frames", row.get(1), row.get(0))
          .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void visibleTokens_randomMasking_areTheOfficialCounts(FixtureFolder folder) {
    for (JsonNode row : table(folder, "masking").get("maest_len_keep_rows_L_ratio_keep")) {
      ClipShape shape = new ClipShape(row.get(0).asInt(), 16, 16, 1, 16);
      RandomMasking masking = new RandomMasking(row.get(1).asDouble());
      int keep = row.get(2).asInt();
      if (keep == 0) {
        assertThatThrownBy(() -> masking.visibleTokens(shape)).hasMessageContaining("0 of");
      } else {
        assertThat(masking.visibleTokens(shape)).as("%s", row).isEqualTo(keep);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void visibleTokens_tubeMasking_areTheOfficialCounts(FixtureFolder folder) {
    for (JsonNode row : table(folder, "masking").get("tube")) {
      JsonNode window = row.get("window");
      ClipShape shape =
          new ClipShape(window.get(0).asInt(), window.get(1).asInt(), window.get(2).asInt(), 1, 1);
      TubeMasking masking = new TubeMasking(row.get("mask_ratio").asDouble());
      int visible = row.get("total_visible").asInt();
      if (visible == 0) {
        assertThatThrownBy(() -> masking.visibleTokens(shape)).hasMessageContaining("0 of");
      } else {
        assertThat(masking.visibleTokens(shape)).as("%s", row).isEqualTo(visible);
      }
    }
  }
}

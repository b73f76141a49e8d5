package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Size;
import io.tubelet.fixture.FixtureFolder;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestCropsTest {

  private static Stream<Named<JsonNode>> cases(String group) {
    return FixtureFolder.all().stream()
        .flatMap(
            folder ->
                folder.table("views_test_time").map(tables -> tables.path(group)).stream()
                    .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
                    .map(one -> named(name(folder, one), one)));
  }

  private static String name(FixtureFolder folder, JsonNode one) {
    String which = one.has("size") ? one.get("size") + " " + one.get("spatial_idx") : "";
    return "%s %s %s".formatted(folder.name(), one.get("source_hw"), which);
  }

  private static Size size(JsonNode hw) {
    return new Size(hw.get(0).asInt(), hw.get(1).asInt());
  }

  static Stream<Named<JsonNode>> maeSt() {
    return cases("maest_spatial");
  }

  @ParameterizedTest
  @MethodSource
  void maeSt(JsonNode one) {
    Size resized = TestCrops.MAE_ST.resized(size(one.get("source_hw")), one.get("size").asInt());
    assertThat(resized).isEqualTo(size(one.get("resized_hw")));
    int[] crop = ClipFixtures.ints(one.get("crop_hw"));
    assertThat(TestCrops.MAE_ST.boxes(resized, 3, crop[0], crop[1]))
        .element(one.get("spatial_idx").asInt())
        .isEqualTo(new CropBox(one.get("y0").asInt(), one.get("x0").asInt(), crop[0], crop[1]));
  }

  static Stream<Named<JsonNode>> videoMae() {
    return Stream.concat(cases("videomae_kinetics_dense"), cases("videomae_ssv2_tsn"));
  }

  @ParameterizedTest
  @MethodSource
  void videoMae(JsonNode one) {
    Size resized =
        TestCrops.VIDEO_MAE.resized(size(one.get("source_hw")), one.get("short_side").asInt());
    assertThat(resized).isEqualTo(size(one.get("resized_hw")));
    for (JsonNode view : one.get("views")) {
      int height = view.get("crop_h").asInt();
      int width = view.get("crop_w").asInt();
      assertThat(
              TestCrops.VIDEO_MAE.boxes(resized, one.get("test_num_crop").asInt(), height, width))
          .as(view.toString())
          .element(view.get("split").asInt())
          .isEqualTo(
              new CropBox(view.get("crop_y0").asInt(), view.get("crop_x0").asInt(), height, width));
    }
  }

  @Test
  void oddRoom_isRoundedAsEachProgramDoes() {
    Size resized = new Size(48, 63); // room 15
    assertThat(lefts(TestCrops.VIDEO_MAE, resized, 3)).containsExactly(0, 7, 15);
    assertThat(lefts(TestCrops.VIDEO_MAE, resized, 1)).containsExactly(8); // 7.5 to even
    assertThat(lefts(TestCrops.VIDEO_MAE, new Size(48, 61), 1)).containsExactly(6); // 6.5 to even
    assertThat(lefts(TestCrops.MAE_ST, resized, 3)).containsExactly(0, 8, 15);
    assertThat(lefts(TestCrops.MAE_ST, resized, 1)).containsExactly(8);
  }

  private static List<Integer> lefts(TestCrops crops, Size resized, int count) {
    return crops.boxes(resized, count, 48, 48).stream().map(CropBox::left).toList();
  }

  @Test
  void tall_cropsLieBelowEachOther() {
    for (TestCrops crops : TestCrops.values()) {
      List<CropBox> boxes = crops.boxes(new Size(100, 48), 3, 48, 48);
      assertThat(boxes).extracting(CropBox::top).containsExactly(0, 26, 52);
      assertThat(boxes).extracting(CropBox::left).containsOnly(0);
    }
  }

  @Test
  void cropSmallerThanTheShortSide_isInTheMiddleOfIt() {
    for (TestCrops crops : TestCrops.values()) {
      List<CropBox> boxes = crops.boxes(new Size(256, 340), 3, 224, 224);
      assertThat(boxes).extracting(CropBox::top).containsOnly(16);
      assertThat(boxes).extracting(CropBox::left).containsExactly(0, 58, 116);
    }
  }

  @Test
  void resized_shortSideThatFits_isLeftAlone() {
    for (TestCrops crops : TestCrops.values()) {
      assertThat(crops.resized(new Size(240, 427), 240)).isEqualTo(new Size(240, 427));
      assertThat(crops.resized(new Size(5, 1), 3)).isEqualTo(new Size(15, 3));
    }
  }

  @Test
  void resized_quotientThatIsNotExact_isRoundedAsEachProgramDoes() {
    assertThat(TestCrops.VIDEO_MAE.resized(new Size(112, 115), 224)).isEqualTo(new Size(224, 230));
    assertThat(TestCrops.MAE_ST.resized(new Size(112, 115), 224)).isEqualTo(new Size(224, 229));
  }
}

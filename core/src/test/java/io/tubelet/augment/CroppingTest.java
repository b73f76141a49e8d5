package io.tubelet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Size;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CroppingTest {
  private static final MultiScaleCrop MULTI_SCALE =
      new MultiScaleCrop(List.of(1.0, 0.875, 0.75, 0.66));
  private static final RandomResizedCrop RANDOM =
      new RandomResizedCrop(0.5, 1, 0.75, 1.3333, Resampling.BILINEAR);

  @Test
  void randomResized_officialDraws_giveTheOfficialBoxes() throws Exception {
    JsonNode cases = ClipFixtures.json("random_boxes.json").get("random_resized_crop");
    assertThat(cases).isNotEmpty();
    for (JsonNode one : cases) {
      RandomResizedCrop crop =
          new RandomResizedCrop(
              one.get("scale").get(0).asDouble(),
              one.get("scale").get(1).asDouble(),
              one.get("ratio").get(0).asDouble(),
              one.get("ratio").get(1).asDouble(),
              Resampling.BILINEAR);
      OfficialDraws draws = new OfficialDraws(one.get("draws"));
      CropBox box =
          crop.draw(one.get("hw").get(0).asInt(), one.get("hw").get(1).asInt(), 24, 24, draws);
      int[] want = ClipFixtures.ints(one.get("box_top_left_h_w"));
      assertThat(box).as(one.toString()).isEqualTo(new CropBox(want[0], want[1], want[2], want[3]));
      draws.assertUsedUp();
    }
  }

  @Test
  void multiScale_officialFrame_hasTheOfficialSizesAndPlaces() throws Exception {
    JsonNode fixture = ClipFixtures.json("preprocess.json");
    JsonNode official = fixture.get("videomae_pretrain");
    int height = fixture.get("source").get(1).asInt();
    int width = fixture.get("source").get(2).asInt();
    int clip = official.get("input_size").asInt();
    List<Size> sizes = MULTI_SCALE.sizes(height, width, clip, clip);
    assertThat(sizes).hasSize(official.get("allowed_pairs_w_h").size());
    for (int i = 0; i < sizes.size(); i++) {
      JsonNode pair = official.get("allowed_pairs_w_h").get(i);
      assertThat(sizes.get(i)).isEqualTo(new Size(pair.get(1).asInt(), pair.get(0).asInt()));
    }
    List<CropBox> boxes = MultiScaleCrop.boxes(height, width, sizes.get(0));
    JsonNode places = official.get("offsets_for_first_pair");
    assertThat(boxes).hasSize(13);
    for (int i = 0; i < boxes.size(); i++) {
      assertThat(boxes.get(i).left()).isEqualTo(places.get(i).get(0).asInt());
      assertThat(boxes.get(i).top()).isEqualTo(places.get(i).get(1).asInt());
    }
  }

  @Test
  void draw_anySourceAndTarget_staysInside() {
    SplittableRandom rng = new SplittableRandom(4);
    Cropping[] all = {RANDOM, MULTI_SCALE, new CentreCrop()};
    int[][] sizes = {{1, 1}, {36, 52}, {128, 170}, {38, 37}, {5, 400}, {400, 5}};
    int[][] clips = {{24, 24}, {38, 38}, {48, 96}, {112, 16}};
    for (Cropping cropping : all) {
      for (int[] size : sizes) {
        for (int[] clip : clips) {
          for (int i = 0; i < 50; i++) {
            CropBox box = cropping.draw(size[0], size[1], clip[0], clip[1], rng);
            assertThat(box.top() + box.height()).isLessThanOrEqualTo(size[0]);
            assertThat(box.left() + box.width()).isLessThanOrEqualTo(size[1]);
          }
        }
      }
    }
  }

  @Test
  void draw_clipTwiceAsWide_givesBoxesAboutTwiceAsWide() {
    SplittableRandom rng = new SplittableRandom(4);
    assertThat(MULTI_SCALE.sizes(100, 200, 50, 100).get(0)).isEqualTo(new Size(100, 200));
    assertThat(new CentreCrop().draw(100, 300, 50, 100, rng))
        .isEqualTo(new CropBox(0, 50, 100, 200));
    for (int i = 0; i < 50; i++) {
      CropBox box = RANDOM.draw(400, 800, 50, 100, rng);
      assertThat((double) box.width() / box.height()).isBetween(2 * 0.74, 2 * 1.35);
    }
  }

  @Test
  void draw_sameGeneratorState_givesTheSameBox() {
    for (Cropping cropping : new Cropping[] {RANDOM, MULTI_SCALE}) {
      CropBox one = cropping.draw(240, 320, 224, 224, new SplittableRandom(5));
      assertThat(cropping.draw(240, 320, 224, 224, new SplittableRandom(5))).isEqualTo(one);
      assertThat(cropping.draw(240, 320, 224, 224, new SplittableRandom(6))).isNotEqualTo(one);
    }
  }

  @Test
  void sizes_outOfRange_areRefusedWithBothNumbers() {
    assertThatThrownBy(() -> new RandomResizedCrop(0.9, 0.5, 1, 1, Resampling.BILINEAR))
        .hasMessageContaining("0.9")
        .hasMessageContaining("0.5");
    assertThatThrownBy(() -> new RandomResizedCrop(0.5, 1, 2, 1, Resampling.BILINEAR))
        .hasMessageContaining("aspect");
    assertThatThrownBy(() -> new MultiScaleCrop(List.of(1.5))).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new MultiScaleCrop(List.of())).hasMessageContaining("scales");
  }
}

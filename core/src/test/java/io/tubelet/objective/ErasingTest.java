package io.tubelet.objective;

import static io.tubelet.fixture.Closeness.assertClose;
import static io.tubelet.fixture.Closeness.difference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.clip.CropBox;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.fixture.NamedTensors;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErasingTest {
  private static final CropBox BOX = new CropBox(1, 2, 3, 4);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  static List<FixtureFolder> folders() {
    return FixtureFolder.all();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void fill_officialNoise_givesTheOfficialClip(FixtureFolder folder) {
    Optional<Map<String, Tensor>> tensors = folder.tensors("random_erasing_pixel");
    assumeTrue(tensors.isPresent(), () -> folder + " has no random_erasing_pixel");
    NamedTensors io = new NamedTensors(tensors.orElseThrow());
    long[] box = HostArrays.toLongs(io.get("box_top_left_h_w"));
    Tensor clip = channelsLast(io.get("input_tchw"));
    Erasing.fill(
        clip,
        new CropBox((int) box[0], (int) box[1], (int) box[2], (int) box[3]),
        channelsLast(io.get("noise_tchw")));
    assertClose(clip, channelsLast(io.get("output_tchw")), 0, "clip");
  }

  /** {@code [T, 3, H, W] -> [T, H, W, 3]}. */
  private static Tensor channelsLast(Tensor frames) {
    return frames.permute(0, 2, 3, 1).contiguous();
  }

  @Test
  void fill_oneClipOfABatch_leavesTheOther() {
    Tensor clips = torch.zeros(2, 2, 6, 8, 3);
    Erasing.fill(clips.select(0, 1), BOX, Erasing.noise(2, BOX, 5));
    assertThat(clips.select(0, 0).ne(torch.zeros(1)).any().item_bool()).isFalse();
    assertThat(clips.select(0, 1).ne(torch.zeros(1)).sum().item_long()).isEqualTo(2 * 3 * 4 * 3);
  }

  @Test
  void noise_sameSeed_isTheSameWhateverElseIsDrawn() {
    Tensor one = Erasing.noise(2, BOX, 5);
    torch.rand(10);
    assertClose(Erasing.noise(2, BOX, 5), one, 0, "noise");
    assertThat(difference(Erasing.noise(2, BOX, 6), one)).isGreaterThan(0.1);
    assertThat(difference(one.select(0, 0), one.select(0, 1))).as("frames").isGreaterThan(0.1);
  }

  @Test
  void noise_manyPixels_isStandardNormal() {
    Tensor noise = Erasing.noise(4, new CropBox(0, 0, 100, 100), 5);
    assertThat(noise.mean().item_double()).isCloseTo(0, within(0.015));
    assertThat(noise.std().item_double()).isCloseTo(1, within(0.01));
  }

  @Test
  void fill_boxOutsideTheFrame_isRefusedWithBothSizes() {
    Tensor clip = torch.zeros(2, 3, 8, 3);
    assertThatThrownBy(() -> Erasing.fill(clip, BOX, Erasing.noise(2, BOX, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("top=1")
        .hasMessageContaining("3 x 8");
  }

  @Test
  void fill_noiseOfAnotherShape_isRefused() {
    Tensor clip = torch.zeros(2, 6, 8, 3);
    assertThatThrownBy(() -> Erasing.fill(clip, BOX, Erasing.noise(1, BOX, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("noise")
        .hasMessageContaining("[1, 3, 4, 3]");
  }
}

package io.tubelet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.augment.Cropping;
import io.tubelet.augment.RandomResizedCrop;
import io.tubelet.augment.Resampling;
import io.tubelet.augment.TestCrops;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewsConfig;
import io.tubelet.sample.DenseClips;
import org.junit.jupiter.api.Test;

class ViewsFormatTest {
  private static final String YAML =
      """
      number: 5x3
      clips:
        kind: video-mae-dense
        stride: 4
      crops: video-mae
      short-side: 224
      """;

  private static ViewsConfig bind(String yaml) {
    return ConfigFormat.bind(ConfigFormat.parse(yaml, "test"), ViewsConfig.class, "test");
  }

  @Test
  void yaml_roundTrip_isTheSame() {
    ViewsConfig config =
        new ViewsConfig(new ViewCount(5, 3), new DenseClips(4), TestCrops.VIDEO_MAE, 224);
    assertThat(bind(YAML)).isEqualTo(config);
    assertThat(ConfigFormat.yaml(config)).isEqualTo(YAML);
  }

  @Test
  void yaml_mistakes_areNamed() {
    assertThatThrownBy(() -> bind(YAML.replace("5x3", "5by3"))).hasMessageContaining("'5by3'");
    assertThatThrownBy(() -> bind(YAML.replace("5x3", "5"))).hasMessageContaining("number");
    assertThatThrownBy(() -> bind(YAML.replace("crops: video-mae", "crops: centre")))
        .hasMessageContaining("'crops': must be one of video-mae, mae-st");
    assertThatThrownBy(() -> bind(YAML.replace("stride: 4", "stride: 0")))
        .hasMessageContaining("views.clips.stride must be at least 1, got 0");
    assertThatThrownBy(() -> bind(YAML.replace("-dense", "")))
        .hasMessageContaining("clips.kind")
        .hasMessageContaining("'video-mae'");
  }

  @Test
  void yaml_cropWithItsResampling_isRead() {
    String yaml =
        "{kind: random-resized, min-scale: 0.3, max-scale: 1, min-aspect: 0.75,"
            + " max-aspect: 1.3333, resampling: opencv-area}";
    assertThat(ConfigFormat.bind(ConfigFormat.parse(yaml, "test"), Cropping.class, "test"))
        .isEqualTo(new RandomResizedCrop(0.3, 1, 0.75, 1.3333, Resampling.OPENCV_AREA));
  }
}

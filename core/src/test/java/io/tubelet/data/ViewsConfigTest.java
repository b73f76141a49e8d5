package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tubelet.augment.TestCrops;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Size;
import io.tubelet.sample.CentreClip;
import io.tubelet.sample.DenseClips;
import io.tubelet.sample.TimedClips;
import io.tubelet.video.VideoInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsConfigTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();
  private static final ClipShape SHAPE = new ClipShape(4, 32, 32, 2, 16);

  private static ViewsConfig dense(String number, int shortSide) {
    return new ViewsConfig(
        ViewCount.parse(number), new DenseClips(2), TestCrops.VIDEO_MAE, shortSide);
  }

  @Test
  void json_roundTrip_isTheSame() throws Exception {
    ViewsConfig config =
        new ViewsConfig(new ViewCount(10, 3), new TimedClips(4, 30), TestCrops.MAE_ST, 224);
    String text = JSON.writeValueAsString(config);
    assertThat(text).contains("\"number\":\"10x3\"", "\"kind\":\"mae-st\"", "\"short-side\":224");
    assertThat(JSON.readValue(text, ViewsConfig.class)).isEqualTo(config);
  }

  @Test
  void views_tallVideo_areOrderedByClipThenFromTheTop() {
    List<View> views = dense("2x3", 32).views(new VideoInfo(21, 81, 40, 25, "fake"), SHAPE);
    assertThat(views).hasSize(6).extracting(View::resized).containsOnly(new Size(64, 32));
    assertThat(views).extracting(View::temporal).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(views).extracting(View::spatial).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(views).extracting(v -> v.crop().top()).containsExactly(0, 16, 32, 0, 16, 32);
    assertThat(views.get(0).frames()).containsExactly(0, 2, 4, 6);
    assertThat(views.get(5).frames()).containsExactly(14, 16, 18, 20);
  }

  @Test
  void views_onePixelWideVideo_stillFit() {
    List<View> views = dense("1x3", 32).views(new VideoInfo(1, 7, 1, 0, "fake"), SHAPE);
    assertThat(views.get(2).resized()).isEqualTo(new Size(224, 32));
    assertThat(views.get(2).crop().top()).isEqualTo(192);
    assertThat(views.get(2).frames()).containsOnly(0);
  }

  @Test
  void nonsense_isRefusedByName() {
    assertThatThrownBy(() -> dense("5x3", 0)).hasMessageContaining("views.short-side");
    assertThatThrownBy(() -> dense("5x3", 31).requireFits(SHAPE))
        .hasMessageContaining("short-side=31")
        .hasMessageContaining("32 x 32");
    assertThatThrownBy(
            () -> new ViewsConfig(new ViewCount(5, 3), new CentreClip(2), TestCrops.MAE_ST, 224))
        .hasMessageContaining("one clip, got 5");
  }
}

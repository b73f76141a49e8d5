package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tubelet.augment.CentreCrop;
import io.tubelet.augment.ColourJitter;
import io.tubelet.augment.Cropping;
import io.tubelet.augment.MultiScaleCrop;
import io.tubelet.augment.RandomResizedCrop;
import io.tubelet.augment.Resampling;
import io.tubelet.sample.ClipSampling;
import io.tubelet.sample.StridedSampling;
import io.tubelet.sample.TimedSampling;
import io.tubelet.video.OpenOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataConfigTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

  private static DataConfig config(
      double flip, int shortSide, int repeats, int workers, int prefetch, double maxBroken) {
    return new DataConfig(
        new StridedSampling(2),
        new CentreCrop(),
        flip,
        ColourJitter.NONE,
        shortSide,
        repeats,
        workers,
        prefetch,
        ByteSize.ZERO,
        maxBroken,
        OpenOptions.DEFAULT);
  }

  @Test
  void json_roundTrip_isTheSame() throws Exception {
    Map<ClipSampling, Cropping> choices =
        Map.of(
            new StridedSampling(4),
            new MultiScaleCrop(List.of(1.0, 0.66)),
            new TimedSampling(4, 30),
            new RandomResizedCrop(0.5, 1, 0.75, 1.3333, Resampling.BILINEAR));
    for (Map.Entry<ClipSampling, Cropping> choice : choices.entrySet()) {
      DataConfig config =
          new DataConfig(
              choice.getKey(),
              choice.getValue(),
              0.5,
              new ColourJitter(0.8, 0.4, 0.4, 0.2, 0.1),
              256,
              4,
              0,
              2,
              ByteSize.ZERO,
              0.1,
              OpenOptions.DEFAULT);
      String text = JSON.writeValueAsString(config);
      assertThat(text).contains("\"short-side\"", "\"max-broken\"", "\"kind\"");
      assertThat(JSON.readValue(text, DataConfig.class)).isEqualTo(config);
    }
  }

  @Test
  void cursor_json_roundTrip_isTheSame() throws Exception {
    Cursor cursor = new Cursor(3, 17, Map.of("a.mp4", "no frames"));
    assertThat(JSON.readValue(JSON.writeValueAsString(cursor), Cursor.class)).isEqualTo(cursor);
    assertThatThrownBy(() -> new Cursor(-1, 0, Map.of())).hasMessageContaining("-1");
  }

  @Test
  void fields_outOfRange_areNamed() {
    assertThatThrownBy(() -> config(1.5, 0, 1, 0, 1, 0.1)).hasMessageContaining("data.flip");
    assertThatThrownBy(() -> config(0, -1, 1, 0, 1, 0.1)).hasMessageContaining("data.short-side");
    assertThatThrownBy(() -> config(0, 0, 0, 0, 1, 0.1)).hasMessageContaining("data.repeats");
    assertThatThrownBy(() -> config(0, 0, 1, -2, 1, 0.1)).hasMessageContaining("data.workers");
    assertThatThrownBy(() -> config(0, 0, 1, 0, 0, 0.1)).hasMessageContaining("data.prefetch");
    assertThatThrownBy(() -> config(0, 0, 1, 0, 1, 2)).hasMessageContaining("data.max-broken");
    assertThatThrownBy(() -> config(Double.NaN, 0, 1, 0, 1, 0.1)).hasMessageContaining("NaN");
  }

  @Test
  void byteSize_text_isReadAndWrittenBack() throws Exception {
    assertThat(ByteSize.parse("4GiB").bytes()).isEqualTo(4L << 30);
    assertThat(ByteSize.parse("1.5 mib").bytes()).isEqualTo(3L << 19);
    assertThat(ByteSize.parse("0")).isEqualTo(ByteSize.ZERO);
    assertThat(ByteSize.parse("512").bytes()).isEqualTo(512);
    for (String text : new String[] {"4GiB", "1536KiB", "0", "1000B"}) {
      assertThat(ByteSize.parse(text)).hasToString(text);
    }
    assertThat(JSON.readValue("\"64MiB\"", ByteSize.class).bytes()).isEqualTo(64L << 20);
    assertThat(JSON.readValue("0", ByteSize.class)).isEqualTo(ByteSize.ZERO);
    assertThatThrownBy(() -> ByteSize.parse("four")).hasMessageContaining("'four'");
    assertThatThrownBy(() -> ByteSize.parse("-1")).hasMessageContaining("'-1'");
  }
}

package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeDataTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void new_labelOutsideTheClasses_namesClipSetAndClasses() {
    FeatureSet set = SyntheticFeatures.set(6, 1, 4, 3, 0, 1);
    FeatureSet more = SyntheticFeatures.set(6, 1, 4, 4, 0, 1);
    assertThatThrownBy(() -> new ProbeData(set, more, set, 3))
        .hasMessage("label 3 of clip 'clip-3' in the val set is outside the 3 classes (0 to 2)");
  }

  @Test
  void new_setsOfDifferentWidth_namesBoth() {
    FeatureSet set = SyntheticFeatures.set(6, 1, 4, 3, 0, 1);
    FeatureSet wide = SyntheticFeatures.set(6, 1, 5, 3, 0, 1);
    assertThatThrownBy(() -> new ProbeData(set, set, wide, 3))
        .hasMessageContaining("train has 4 values, test has 5");
  }

  @Test
  void new_featureNotANumber_namesTheClip() {
    FeatureSet set = SyntheticFeatures.set(6, 1, 4, 3, 0, 1);
    FeatureSet broken = SyntheticFeatures.set(6, 1, 4, 3, 0, 1);
    broken.features().select(0, 2).fill_(new Scalar(Double.NaN));
    assertThatThrownBy(() -> new ProbeData(set, broken, set, 3))
        .hasMessageContaining("clip 'clip-2' in the val set are not finite");
  }

  @Test
  void new_oneClass_isRefused() {
    FeatureSet set = SyntheticFeatures.set(6, 1, 4, 1, 0, 1);
    assertThatThrownBy(() -> new ProbeData(set, set, set, 1)).hasMessageContaining("got 1");
  }

  @Test
  void featureSet_nonsense_namesTheNumbers() {
    Tensor two = HostArrays.ofFloats(new float[6], 2, 1, 3);
    assertThatThrownBy(() -> new FeatureSet(two, new int[3], List.of("a", "b")))
        .hasMessageContaining("2, 3 and 2");
    assertThatThrownBy(() -> new FeatureSet(two, new int[] {0, -1}, List.of("a", "b")))
        .hasMessageContaining("clip 'b' has -1");
    Tensor none = torch.zeros(0, 1, 3);
    assertThatThrownBy(() -> new FeatureSet(none, new int[0], List.of()))
        .hasMessageContaining("[0, 1, 3]");
    Tensor flat = torch.zeros(2, 3);
    assertThatThrownBy(() -> new FeatureSet(flat, new int[2], List.of("a", "b")))
        .hasMessageContaining("features: expected [-1, -1, -1], got [2, 3]");
  }
}

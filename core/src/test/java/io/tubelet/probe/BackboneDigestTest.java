package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackboneDigestTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    weights.put("a.weight", torch.zeros(3, 4));
    weights.put("a.bias", torch.ones(4));
    weights.put("scale", torch.scalar_tensor(new Scalar(2.0)));
    return weights;
  }

  @Test
  void requireUnchanged_sameWeightsInAnotherOrderAndLayout_passes() {
    BackboneDigest before = BackboneDigest.of(weights());
    Map<String, Tensor> again = new LinkedHashMap<>();
    again.put("scale", torch.scalar_tensor(new Scalar(2.0)));
    again.put("a.weight", torch.zeros(4, 3).t());
    again.put("a.bias", torch.ones(4).set_requires_grad(true));
    assertThatCode(() -> before.requireUnchanged(again)).doesNotThrowAnyException();
  }

  @Test
  void requireUnchanged_oneValueOfOneTensor_namesIt() {
    Map<String, Tensor> weights = weights();
    BackboneDigest before = BackboneDigest.of(weights);
    weights.values().iterator().next().select(0, 2).select(0, 3).fill_(new Scalar(1e-30));
    assertThatThrownBy(() -> before.requireUnchanged(weights))
        .hasMessage("the backbone must stay frozen, but 1 of its 3 tensors changed: a.weight");
  }

  @Test
  void of_sameBytesOfAnotherShapeTypeOrName_differs() {
    String bytes = BackboneDigest.of(Map.of("w", torch.zeros(2, 6))).sha256();
    assertThat(BackboneDigest.of(Map.of("w", torch.zeros(3, 4))).sha256()).isNotEqualTo(bytes);
    assertThat(BackboneDigest.of(Map.of("v", torch.zeros(2, 6))).sha256()).isNotEqualTo(bytes);
    assertThat(BackboneDigest.of(Map.of("w", torch.zeros(2, 6).to(Precision.BF16.type()))).sha256())
        .isNotEqualTo(bytes);
  }

  @Test
  void requireUnchanged_tensorGoneAndAnotherCome_namesBoth() {
    BackboneDigest before = BackboneDigest.of(Map.of("w", HostArrays.ofFloats(new float[1], 1)));
    Map<String, Tensor> other = Map.of("v", HostArrays.ofFloats(new float[1], 1));
    assertThatThrownBy(() -> before.requireUnchanged(other)).hasMessageEndingWith("changed: v, w");
  }
}

package io.tubelet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LayerTest {
  /** Declares the same name twice. */
  private static final class Twice extends Layer {
    void declare() {
      parameter("weight", Compute.CPU_FP32.zeros(1));
      parameter("weight", Compute.CPU_FP32.zeros(1));
    }
  }

  @Test
  void parameters_ofABlock_keepTheirOrderAndNames() {
    try (TensorScope scope = new TensorScope();
        Layer stack = new BlockStack(1, 4, 2, BlockConfig.VIDEO_MAE, 0, Compute.CPU_FP32)) {
      assertThat(stack.parameters().keySet())
          .containsExactly(
              "0.norm1.weight",
              "0.norm1.bias",
              "0.attn.qkv.weight",
              "0.attn.q_bias",
              "0.attn.v_bias",
              "0.attn.proj.weight",
              "0.attn.proj.bias",
              "0.norm2.weight",
              "0.norm2.bias",
              "0.mlp.fc1.weight",
              "0.mlp.fc1.bias",
              "0.mlp.fc2.weight",
              "0.mlp.fc2.bias");
    }
  }

  @Test
  void parameter_madeInAScope_outlivesIt() {
    Linear linear;
    try (TensorScope scope = new TensorScope()) {
      linear = new Linear(3, 2, true, Compute.CPU_FP32);
    }
    try (TensorScope scope = new TensorScope();
        Linear kept = linear) {
      assertThat(kept.forward(torch.ones(1, 3)).numel()).isEqualTo(2);
    }
  }

  @Test
  void close_twice_freesOnce() {
    long before = Pointer.totalCount();
    try (TensorScope scope = new TensorScope()) {
      Linear linear = new Linear(3, 2, true, Compute.CPU_FP32);
      linear.close();
      linear.close();
      assertThat(linear.parameters()).isEmpty();
    }
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void parameter_declaredTwice_isRefusedByName() {
    try (TensorScope scope = new TensorScope();
        Twice layer = new Twice()) {
      assertThatThrownBy(layer::declare).hasMessageContaining("'weight' is declared twice");
    }
  }

  @Test
  void load_missingAndSurplus_listsBoth() {
    try (TensorScope scope = new TensorScope();
        Linear linear = new Linear(3, 2, true, Compute.CPU_FP32)) {
      Map<String, Tensor> weights = Map.of("weight", torch.ones(2, 3), "scale", torch.ones(1));
      assertThatThrownBy(() -> linear.load(weights))
          .hasMessageContaining("missing [bias]")
          .hasMessageContaining("surplus [scale]");
    }
  }

  @Test
  void blockConfig_nonsense_namesTheField() {
    assertThatThrownBy(() -> new BlockConfig(0, QkvBias.ALL, 0, 1e-6))
        .hasMessageContaining("mlp-ratio");
    assertThatThrownBy(() -> new BlockConfig(4, QkvBias.ALL, -1, 1e-6))
        .hasMessageContaining("layer-scale");
    assertThatThrownBy(() -> new BlockConfig(4, QkvBias.ALL, 0, 0))
        .hasMessageContaining("norm-eps");
  }
}

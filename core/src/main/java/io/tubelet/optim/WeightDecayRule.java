package io.tubelet.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Which parameters shrink. Biases never do. */
public enum WeightDecayRule {
  /** Vectors are spared; tokens and position tables shrink (pre-training in mae_st). */
  SPARE_VECTORS {
    @Override
    boolean decays(String name, Tensor parameter) {
      return parameter.dim() > 1;
    }
  },
  /**
   * Vectors, tokens and position tables are spared (VideoMAE throughout, and fine-tuning in
   * mae_st).
   */
  SPARE_VECTORS_AND_TOKENS {
    @Override
    boolean decays(String name, Tensor parameter) {
      return parameter.dim() > 1 && !isToken(name);
    }
  },
  /** Only biases are spared: scales of layer norms shrink too (mae_st's {@code --bias_wd}). */
  SPARE_BIASES {
    @Override
    boolean decays(String name, Tensor parameter) {
      return true;
    }
  };

  abstract boolean decays(String name, Tensor parameter);

  private static boolean isToken(String name) {
    return name.contains("pos_embed.")
        || name.endsWith("cls_token.token")
        || name.endsWith("mask_token");
  }

  /** Two groups, the spared parameters first, all at the full learning rate. */
  public List<ParameterGroup> groups(Map<String, Tensor> parameters, double weightDecay) {
    List<String> spared = new ArrayList<>();
    List<String> decayed = new ArrayList<>();
    parameters.forEach(
        (name, parameter) -> (shrinks(name, parameter) ? decayed : spared).add(name));
    return List.of(new ParameterGroup(0, 1, spared), new ParameterGroup(weightDecay, 1, decayed));
  }

  /** Whether this parameter shrinks. */
  boolean shrinks(String name, Tensor parameter) {
    return !name.endsWith("bias") && decays(name, parameter);
  }
}

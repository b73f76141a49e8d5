package io.tubelet.model;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How the fresh weights of a masked autoencoder are drawn.
 *
 * <p>In both, matrices are Glorot-uniform, biases 0, layer norms 1 and 0; what differs is said at
 * each. Neither program's truncation is a cut in units of the standard deviation.
 */
public enum Initialisation {
  /**
   * mae_st. Query, key and value are three square matrices there, so their bound is a square one's.
   * The patch projection is Glorot-uniform as a matrix, its bias PyTorch's default. Class token and
   * position tables are normal with 0.02 (cut at 2, which is to say not at all), the mask token
   * likewise; the decoder's class token stays zero.
   */
  MAE_ST {
    @Override
    void draw(String name, Tensor parameter) {
      if (name.endsWith("attn.qkv.weight")) {
        Draws.xavier(parameter, parameter.size(1), parameter.size(1));
      } else if (name.endsWith("patch_embed.proj.weight")) {
        Draws.xavier(parameter, fanIn(parameter), parameter.size(0));
      } else if (name.equals("decoder.cls_token.token")) {
        parameter.detach().zero_();
      } else if (name.endsWith("mask_token")) {
        Draws.normal(parameter, STD);
      } else if (isTable(name)) {
        Draws.truncatedNormal(parameter, STD, 2);
      } else if (isMatrix(parameter)) {
        Draws.xavier(parameter, parameter.size(1), parameter.size(0));
      }
    }
  },
  /**
   * VideoMAE. Query, key and value are one matrix of three heights, with that matrix's smaller
   * bound. Patch projection and the projection to the decoder keep PyTorch's default. The mask
   * token is normal with 0.02, cut at one standard deviation.
   */
  VIDEO_MAE {
    @Override
    void draw(String name, Tensor parameter) {
      if (name.endsWith("patch_embed.proj.weight")) {
        Draws.torchDefault(parameter, fanIn(parameter));
      } else if (name.equals("decoder.embed.weight")) {
        Draws.torchDefault(parameter, parameter.size(1));
      } else if (name.endsWith("mask_token") || isTable(name)) {
        Draws.truncatedNormal(parameter, STD, STD);
      } else if (isMatrix(parameter)) {
        Draws.xavier(parameter, parameter.size(1), parameter.size(0));
      }
    }
  };

  private static final double STD = 0.02;

  /** Draws all weights of a freshly made model; the same seed gives the same weights anywhere. */
  public void fill(Layer model, long seed) {
    torch.manual_seed(seed);
    Map<String, Tensor> parameters = model.parameters();
    parameters.forEach(
        (name, parameter) -> {
          try (TensorScope scope = new TensorScope()) {
            draw(name, parameter);
          }
        });
    Tensor patchBias = parameters.get("encoder.patch_embed.proj.bias");
    Tensor patchWeight = parameters.get("encoder.patch_embed.proj.weight");
    if (patchBias != null && patchWeight != null) {
      Draws.torchDefault(patchBias, fanIn(patchWeight));
    }
  }

  abstract void draw(String name, Tensor parameter);

  static boolean isMatrix(Tensor parameter) {
    return parameter.dim() == 2;
  }

  static boolean isTable(String name) {
    return name.contains("pos_embed.") || name.endsWith("cls_token.token");
  }

  static long fanIn(Tensor convolution) {
    return convolution.numel() / convolution.size(0);
  }
}

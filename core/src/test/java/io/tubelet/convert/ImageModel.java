package io.tubelet.convert;

import io.tubelet.clip.ClipShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A ViT for pictures, as MAE's program and timm name its weights: one fused qkv, one table. */
final class ImageModel {
  static final ClipShape CLIP = new ClipShape(1, 32, 32, 1, 16);

  private static final int WIDTH = 24;

  private ImageModel() {}

  static Map<String, Tensor> state(int channels) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("cls_token", torch.randn(1, 1, WIDTH));
    state.put("pos_embed", torch.randn(1, 1 + CLIP.tokens(), WIDTH));
    state.put("patch_embed.proj.weight", torch.randn(WIDTH, channels, 16, 16));
    state.put("patch_embed.proj.bias", torch.randn(WIDTH));
    for (int i = 0; i < 2; i++) {
      String block = "blocks." + i + ".";
      linear(state, block + "attn.qkv", WIDTH, 3 * WIDTH);
      linear(state, block + "attn.proj", WIDTH, WIDTH);
      linear(state, block + "mlp.fc1", WIDTH, 4 * WIDTH);
      linear(state, block + "mlp.fc2", 4 * WIDTH, WIDTH);
      norm(state, block + "norm1");
      norm(state, block + "norm2");
    }
    norm(state, "norm");
    linear(state, "head", WIDTH, 5);
    return state;
  }

  private static void linear(Map<String, Tensor> state, String name, int in, int out) {
    state.put(name + ".weight", torch.randn(out, in));
    state.put(name + ".bias", torch.randn(out));
  }

  private static void norm(Map<String, Tensor> state, String name) {
    state.put(name + ".weight", torch.randn(WIDTH));
    state.put(name + ".bias", torch.randn(WIDTH));
  }
}

package io.tubelet.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PositionKind;
import io.tubelet.nn.BlockConfig;

/**
 * What a classifier takes over from pre-trained weights, as far as its recipe does not say
 * otherwise.
 */
public record Backbone(
    ClipShape clip,
    EncoderConfig encoder,
    BlockConfig block,
    PositionKind positions,
    boolean classToken,
    PixelNorm pixels) {

  /** Of weights of any kind. */
  public static Backbone of(WeightsConfig config) {
    return new Backbone(
        config.model().clip(),
        config.model().encoder(),
        config.model().block(),
        config.model().positions(),
        config.model().classToken(),
        config.pixels());
  }

  /** As it would stand in a recipe: {@code model} and {@code pixels}. */
  ObjectNode tree() {
    ObjectNode model = (ObjectNode) ConfigFormat.tree(this);
    ObjectNode tree = ConfigFormat.emptyTree();
    tree.set("pixels", model.remove("pixels"));
    tree.set("model", model);
    return tree;
  }
}

package io.tubelet.tokenizer;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Paints words: the encoder turned round, pixels doubled between the groups. */
public final class DvaeDecoder extends Layer {
  private final Conv2d input;
  private final List<List<ResidualBlock>> groups = new ArrayList<>();
  private final Conv2d output;

  /** Weights are zero until they are drawn or loaded. */
  public DvaeDecoder(DvaeConfig config, Compute compute) {
    try (TensorScope scope = new TensorScope()) { // parameters outlive it, what made them does not
      input =
          child("blocks.input", new Conv2d(config.vocabulary(), config.embedding(), 1, compute));
      int width = config.embedding();
      for (int g = 0; g < DvaeConfig.GROUPS; g++) {
        int channels = config.channels(DvaeConfig.GROUPS - 1 - g);
        List<ResidualBlock> group = new ArrayList<>();
        for (int b = 0; b < config.blocks(); b++) {
          group.add(
              child(
                  "blocks.group_%d.block_%d".formatted(g + 1, b + 1),
                  new ResidualBlock(
                      width, channels, ResidualBlock.DECODING, config.layers(), compute)));
          width = channels;
        }
        groups.add(group);
      }
      output = child("blocks.output.conv", new Conv2d(width, 2 * ClipShape.CHANNELS, 1, compute));
    }
  }

  /**
   * The distribution of each pixel.
   *
   * @param words shares of each word, {@code [n, V, h, w]}
   * @return {@code [n, 6, H, W]}: for red, green and blue the location, then the logarithm of the
   *     scale, of a distribution whose logit is Laplace's
   */
  public Tensor forward(Tensor words) {
    Tensor x = input.forward(words);
    for (int g = 0; g < groups.size(); g++) {
      if (g > 0) {
        x = torch.upsample_nearest2d(x, 2 * x.size(2), 2 * x.size(3));
      }
      for (ResidualBlock block : groups.get(g)) {
        x = block.forward(x);
      }
    }
    return output.forward(x.relu());
  }
}

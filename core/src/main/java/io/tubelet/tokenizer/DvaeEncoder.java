package io.tubelet.tokenizer;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Says of each 8 x 8 pixels of a picture how well each word describes them: a convolution of 7 x 7,
 * four groups of residual blocks with the maximum of 2 x 2 pixels between them, a last convolution
 * to the words.
 */
public final class DvaeEncoder extends Layer {
  private static final int FIRST_KERNEL = 7;

  private final DvaeConfig config;
  private final Conv2d input;
  private final List<List<ResidualBlock>> groups = new ArrayList<>();
  private final Conv2d output;

  /** Weights are zero until they are drawn or loaded. */
  public DvaeEncoder(DvaeConfig config, Compute compute) {
    this.config = config;
    try (TensorScope scope = new TensorScope()) { // parameters outlive it, what made them does not
      input =
          child(
              "blocks.input",
              new Conv2d(ClipShape.CHANNELS, config.width(), FIRST_KERNEL, compute));
      int width = config.width();
      for (int g = 0; g < DvaeConfig.GROUPS; g++) {
        List<ResidualBlock> group = new ArrayList<>();
        for (int b = 0; b < config.blocks(); b++) {
          group.add(
              child(
                  "blocks.group_%d.block_%d".formatted(g + 1, b + 1),
                  new ResidualBlock(
                      width,
                      config.channels(g),
                      ResidualBlock.ENCODING,
                      config.layers(),
                      compute)));
          width = config.channels(g);
        }
        groups.add(group);
      }
      output = child("blocks.output.conv", new Conv2d(width, config.vocabulary(), 1, compute));
    }
  }

  /** What it was built from. */
  public DvaeConfig config() {
    return config;
  }

  /**
   * Scores of the words.
   *
   * @param pictures squeezed as {@link PixelRange} says, {@code [n, 3, H, W]}
   * @return {@code [n, V, h, w]}
   */
  public Tensor forward(Tensor pictures) {
    Tensor x = input.forward(pictures);
    for (int g = 0; g < groups.size(); g++) {
      if (g > 0) {
        x = torch.max_pool2d(x, 2, 2);
      }
      for (ResidualBlock block : groups.get(g)) {
        x = block.forward(x);
      }
    }
    return output.forward(x.relu());
  }
}

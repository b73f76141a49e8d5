package io.tubelet.objective;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.tensor.Shapes;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Random erasing (https://arxiv.org/abs/1708.04896): a box of a clip becomes noise, the same box in
 * all frames, other noise in each.
 */
public final class Erasing {
  private Erasing() {}

  /**
   * Standard normal noise for a box, as the pixels it replaces are normalised.
   *
   * @param seed the same one gives the same noise, whatever else is drawn
   * @return {@code [T, h, w, 3]} float32 on the CPU
   */
  public static Tensor noise(long frames, CropBox box, long seed) {
    return torch
        .empty(
            new long[] {frames, box.height(), box.width(), ClipShape.CHANNELS},
            new TensorOptions(ScalarType.Float),
            null)
        .normal_(0, 1, new GeneratorOptional(torch.make_generator_cpu(seed)));
  }

  /**
   * Writes noise over a box.
   *
   * @param clip {@code [T, H, W, 3]} normalised pixels, changed in place: one clip of a batch
   * @param noise {@code [T, h, w, 3]}
   */
  public static void fill(Tensor clip, CropBox box, Tensor noise) {
    Shapes.require(clip, "clip", -1, -1, -1, ClipShape.CHANNELS);
    Shapes.require(noise, "noise", clip.size(0), box.height(), box.width(), ClipShape.CHANNELS);
    if (box.top() + box.height() > clip.size(1) || box.left() + box.width() > clip.size(2)) {
      throw new IllegalArgumentException(
          "%s does not lie in frames of %d x %d".formatted(box, clip.size(1), clip.size(2)));
    }
    clip.narrow(1, box.top(), box.height()).narrow(2, box.left(), box.width()).copy_(noise);
  }
}

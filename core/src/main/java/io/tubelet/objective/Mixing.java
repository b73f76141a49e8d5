package io.tubelet.objective;

import io.tubelet.augment.MixDraw;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.tensor.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Mixup and cutmix of a batch with itself turned round: clip {@code b} of B is mixed with clip
 * {@code B - 1 - b}, and so are their labels. Shapes: B clips, K classes.
 */
public final class Mixing {
  private Mixing() {}

  /**
   * The clips, mixed.
   *
   * @param clips {@code [B, T, H, W, 3]} normalised pixels, left as they are
   * @return the same shape; {@code clips} itself where nothing is mixed
   * @throws IllegalArgumentException if an odd number of clips is to be mixed
   */
  public static Tensor clips(Tensor clips, MixDraw draw) {
    Shapes.require(clips, "clips", -1, -1, -1, -1, ClipShape.CHANNELS);
    if (draw instanceof MixDraw.Mixup) {
      MixDraw.requirePairs(clips.size(0));
      Tensor partners = clips.flip(0).mul_(new Scalar(1 - draw.lambda()));
      return clips.mul(new Scalar(draw.lambda())).add_(partners);
    }
    if (draw instanceof MixDraw.Cutmix cutmix) {
      MixDraw.requirePairs(clips.size(0));
      Tensor mixed = clips.clone();
      inside(mixed, cutmix.box()).copy_(inside(clips, cutmix.box()).flip(0));
      return mixed;
    }
    return clips;
  }

  /**
   * The distributions that mixed clips are to be classified as: each label's with {@code 1 - s +
   * s/K} for the label and {@code s/K} for the others, mixed as the clips are.
   *
   * @param labels {@code [B]} int64
   * @param smoothing share s that is spread over all classes
   * @return {@code [B, K]} float32; rows sum to 1
   */
  public static Tensor targets(Tensor labels, long classes, double smoothing, MixDraw draw) {
    Tensor own = smoothed(Shapes.require(labels, "labels", -1), classes, smoothing); // [B, K]
    if (draw.lambda() == 1) {
      return own;
    }
    MixDraw.requirePairs(labels.size(0));
    Tensor partners = own.flip(0).mul_(new Scalar(1 - draw.lambda()));
    return own.mul_(new Scalar(draw.lambda())).add_(partners);
  }

  private static Tensor smoothed(Tensor labels, long classes, double smoothing) {
    double off = smoothing / classes;
    TensorOptions floats = labels.options().dtype(new ScalarTypeOptional(ScalarType.Float));
    return torch
        .full(new long[] {labels.size(0), classes}, new Scalar(off), floats)
        .scatter_(1, labels.unsqueeze(1), new Scalar(1 - smoothing + off));
  }

  private static Tensor inside(Tensor clips, CropBox box) {
    return clips.narrow(2, box.top(), box.height()).narrow(3, box.left(), box.width());
  }
}

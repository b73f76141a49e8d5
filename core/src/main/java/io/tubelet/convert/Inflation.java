package io.tubelet.convert;

import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How a projection of patches becomes one of tubelets (I3D, arXiv 1705.07750; ViViT, 2103.15691).
 */
public enum Inflation {
  /** An equal share for each frame: a still clip gives the picture's tokens. */
  AVERAGE {
    @Override
    Tensor inflate(Tensor patch, long tube) {
      return patch.div(new Scalar(tube)).repeat(1, 1, tube, 1, 1);
    }
  },
  /** All in the middle frame, nothing in the others. */
  CENTRE_FRAME {
    @Override
    Tensor inflate(Tensor patch, long tube) {
      Tensor all = torch.zeros_like(patch).repeat(1, 1, tube, 1, 1);
      all.narrow(2, tube / 2, 1).copy_(patch);
      return all;
    }
  };

  /** From {@code average} or {@code centre-frame}. */
  public static Inflation parse(String text) {
    for (Inflation way : values()) {
      if (way.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return way;
      }
    }
    throw new IllegalArgumentException(
        "inflation must be average or centre-frame, got '" + text + "'");
  }

  /** {@code [D, 3, 1, p, p] -> [D, 3, t, p, p]}. */
  abstract Tensor inflate(Tensor patch, long tube);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

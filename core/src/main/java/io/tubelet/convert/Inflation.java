package io.tubelet.convert;

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

  /** {@code [D, 3, 1, p, p] -> [D, 3, t, p, p]}. */
  abstract Tensor inflate(Tensor patch, long tube);
}

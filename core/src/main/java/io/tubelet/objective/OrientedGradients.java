package io.tubelet.objective;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Histograms of oriented gradients as MaskFeat's program computes them: Sobel gradients of each
 * colour, the picture reflected at its edges; each pixel's strength goes to one of nine directions
 * over half a turn; sums over cells, scaled so that the directions of a cell have length 1.
 */
final class OrientedGradients {
  static final int DIRECTIONS = 9;

  /** Side of a cell in pixels. */
  static final int CELL = 8;

  private static final double EPSILON = 1e-12;

  private OrientedGradients() {}

  /**
   * {@code [B, F, H, W, 3] -> [B, F, 3, 9, H/8, W/8]}. Brightness and contrast do not matter, so
   * bytes are taken as the whole numbers they are: their differences are exact, and a cell without
   * any edge is zero instead of what rounding makes of it.
   */
  static Tensor of(Tensor frames) {
    try (TensorScope scope = new TensorScope()) { // many times the result's size passes through
      long height = frames.size(2);
      long width = frames.size(3);
      Tensor pictures =
          frames
              .permute(0, 1, 4, 2, 3)
              .reshape(-1, 1, height, width) // [n, 1, H, W]
              .to(ScalarType.Float);
      Tensor padded = torch.reflection_pad2d(pictures, 1, 1, 1, 1);
      Tensor sobel = sobel(padded);
      Tensor across = torch.conv2d(padded, sobel); // [n, 1, H, W]
      Tensor down = torch.conv2d(padded, sobel.transpose(2, 3));
      Tensor strength = across.square().add_(down.square()).sqrt_();
      Tensor cells =
          torch
              .zeros(new long[] {pictures.size(0), DIRECTIONS, height, width}, strength.options())
              .scatter_(1, direction(across, down), strength)
              .reshape(-1, DIRECTIONS, height / CELL, CELL, width / CELL, CELL)
              .sum(new long[] {3, 5}, false, new ScalarTypeOptional()); // [n, 9, H/8, W/8]
      Tensor length =
          cells
              .norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true)
              .clamp_min_(new Scalar(EPSILON));
      return scope.keep(
          cells
              .div_(length)
              .reshape(
                  frames.size(0),
                  frames.size(1),
                  ClipShape.CHANNELS,
                  DIRECTIONS,
                  height / CELL,
                  width / CELL));
    }
  }

  /** Which of nine parts of half a turn, from the axis that points down: {@code int64}. */
  private static Tensor direction(Tensor across, Tensor down) {
    Tensor parts =
        torch.atan2(across, down).div_(new Scalar(Math.PI)).mul_(new Scalar((double) DIRECTIONS));
    return parts
        .floor_()
        .remainder_(new Scalar((double) DIRECTIONS)) // from 0 on, whatever the sign
        .to(ScalarType.Long);
  }

  /** Of the gradient across; its transpose is of the one down. */
  private static Tensor sobel(Tensor like) {
    return HostArrays.ofFloats(new float[] {1, 0, -1, 2, 0, -2, 1, 0, -1}, 1, 1, 3, 3).to(like);
  }
}

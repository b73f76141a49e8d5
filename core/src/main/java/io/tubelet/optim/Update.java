package io.tubelet.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One step of AdamW on a stretch of values; every member is a single number on the device.
 *
 * <p>With the bias corrections {@code c1 = 1 - beta1^t} and {@code c2 = 1 - beta2^t}, PyTorch
 * subtracts {@code lr / c1 * m / (sqrt(v) / sqrt(c2) + eps)}; here numerator and denominator are
 * multiplied by {@code sqrt(c2)}, which saves a pass. When the step is refused the weights of the
 * moments and the size are 0 and the shrinking is 1, so nothing moves.
 *
 * @param finite whether loss and gradient are
 * @param clip factor on the gradient
 * @param weight1 {@code 1 - beta1}, or 0
 * @param weight2 {@code 1 - beta2}, or 0
 * @param epsilon {@code eps sqrt(c2)}
 * @param size {@code lr sqrt(c2) / c1}, or 0
 * @param shrink {@code 1 - lr * weight decay}, or 1
 */
record Update(
    Tensor finite,
    Tensor clip,
    Tensor weight1,
    Tensor weight2,
    Tensor epsilon,
    Tensor size,
    Tensor shrink) {

  void apply(FlatGroup.Piece piece) {
    Tensor g = torch.where(finite, piece.gradients(), new Scalar(0.0)).mul_(clip);
    Tensor m = piece.moment1().lerp_(g, weight1);
    Tensor v = piece.moment2().lerp_(g.square_(), weight2);
    Tensor direction = m.div(v.sqrt().add_(epsilon));
    piece.values().mul_(shrink).addcmul_(direction, size, new Scalar(-1.0));
  }
}

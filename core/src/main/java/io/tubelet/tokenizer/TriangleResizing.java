package io.tubelet.tokenizer;

import io.tubelet.tensor.HostArrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Resizes pictures by a triangle that is as wide as two pixels of the smaller picture, so that
 * nothing is left out when they shrink: as two products, down and across.
 */
final class TriangleResizing {
  private TriangleResizing() {}

  /** {@code [n, 3, H, W] -> [n, 3, height, width]}; itself where that is its size. */
  static Tensor of(Tensor pictures, int height, int width) {
    int fromHeight = (int) pictures.size(2);
    int fromWidth = (int) pictures.size(3);
    Tensor down =
        fromHeight == height ? pictures : matrix(fromHeight, height, pictures).matmul(pictures);
    return fromWidth == width ? down : down.matmul(matrix(fromWidth, width, pictures).t());
  }

  /** What each place of a line of {@code to} takes from one of {@code from}: {@code [to, from]}. */
  private static Tensor matrix(int from, int to, Tensor like) {
    float[] weights = new float[to * from];
    double scale = (double) from / to;
    double halfWidth = Math.max(1, scale);
    for (int place = 0; place < to; place++) {
      double centre = (place + 0.5) * scale;
      double sum = 0;
      for (int source = 0; source < from; source++) {
        sum += weight(source, centre, halfWidth);
      }
      for (int source = 0; source < from; source++) {
        weights[place * from + source] = (float) (weight(source, centre, halfWidth) / sum);
      }
    }
    return HostArrays.ofFloats(weights, to, from).to(like);
  }

  private static double weight(int source, double centre, double halfWidth) {
    return Math.max(0, 1 - Math.abs(source + 0.5 - centre) / halfWidth);
  }
}

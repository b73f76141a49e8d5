package io.tubelet.augment;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/**
 * Smoothing with a Gaussian, along rows and then along columns. It is cut at three standard
 * deviations and its weights sum to one; beyond the edge lie copies of the outermost pixels.
 */
final class GaussianKernel {
  private static final int CUT = 3;

  private final float[] weights; // from -radius to radius
  private final int radius;

  GaussianKernel(double sigma) {
    if (!(sigma > 0 && Double.isFinite(sigma))) {
      throw new IllegalArgumentException("sigma of a blur must be above 0, got " + sigma);
    }
    radius = (int) Math.ceil(CUT * sigma);
    double[] exact = new double[2 * radius + 1];
    for (int k = 0; k < exact.length; k++) {
      double distance = (k - radius) / sigma;
      exact[k] = Math.exp(-distance * distance / 2);
    }
    double sum = Arrays.stream(exact).sum();
    weights = new float[exact.length];
    for (int k = 0; k < exact.length; k++) {
      weights[k] = (float) (exact[k] / sum);
    }
  }

  /** All frames; {@code frames} is left as it is. */
  Frames apply(Frames frames) {
    int rowValues = frames.width() * ClipShape.CHANNELS;
    byte[] rgb = new byte[frames.rgb().length];
    float[] padded = new float[rowValues + 2 * radius * ClipShape.CHANNELS];
    float[][] rows = new float[frames.height()][rowValues];
    float[] sum = new float[rowValues];
    for (int t = 0; t < frames.count(); t++) {
      for (int y = 0; y < rows.length; y++) {
        pad(frames.rgb(), frames.offset(t) + y * rowValues, frames.width(), padded);
        alongRow(padded, rows[y]);
      }
      for (int y = 0; y < rows.length; y++) {
        alongColumn(rows, y, sum);
        round(sum, rgb, frames.offset(t) + y * rowValues);
      }
    }
    return new Frames(frames.count(), frames.height(), frames.width(), rgb);
  }

  private void pad(byte[] rgb, int row, int width, float[] padded) {
    for (int x = -radius; x < width + radius; x++) {
      int from = row + Math.max(0, Math.min(width - 1, x)) * ClipShape.CHANNELS;
      int to = (x + radius) * ClipShape.CHANNELS;
      padded[to] = rgb[from] & 0xff;
      padded[to + 1] = rgb[from + 1] & 0xff;
      padded[to + 2] = rgb[from + 2] & 0xff;
    }
  }

  private void alongRow(float[] padded, float[] sum) {
    Arrays.fill(sum, 0);
    for (int k = 0; k < weights.length; k++) {
      float weight = weights[k];
      int shift = k * ClipShape.CHANNELS;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * padded[i + shift];
      }
    }
  }

  private void alongColumn(float[][] rows, int y, float[] sum) {
    Arrays.fill(sum, 0);
    for (int k = 0; k < weights.length; k++) {
      float weight = weights[k];
      float[] row = rows[Math.max(0, Math.min(rows.length - 1, y + k - radius))];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * row[i];
      }
    }
  }

  private static void round(float[] sum, byte[] rgb, int offset) {
    for (int i = 0; i < sum.length; i++) {
      rgb[offset + i] = (byte) Math.min(255, (int) (sum[i] + 0.5f));
    }
  }
}

package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.HostArrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Mean and standard deviation that a model's input is normalised with, a value each for red, green
 * and blue, of pixels in [0, 1].
 */
public record PixelNorm(List<Double> mean, List<Double> std) {
  /** What VideoMAE normalises with. */
  public static final PixelNorm IMAGENET =
      new PixelNorm(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** What mae_st normalises with. */
  public static final PixelNorm GREY =
      new PixelNorm(List.of(0.45, 0.45, 0.45), List.of(0.225, 0.225, 0.225));

  public PixelNorm {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != ClipShape.CHANNELS || std.size() != ClipShape.CHANNELS) {
      throw new IllegalArgumentException(
          "pixel-norm needs 3 means and 3 standard deviations, got %d and %d"
              .formatted(mean.size(), std.size()));
    }
    if (std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException("pixel-norm.std must be above 0, got " + std);
    }
  }

  /**
   * {@code (x - mean) / std} by channel.
   *
   * @param pixels {@code [B, K, P]} bytes, or floats in [0, 1], channel fastest
   * @return {@code [B, K, P]} float32
   */
  public Tensor normalise(Tensor pixels) {
    Tensor unit = Patchify.unit(pixels);
    return unit.sub(row(mean, unit)).div_(row(std, unit));
  }

  /** The value of each channel, repeated over a whole token: rows of three would be slow. */
  private static Tensor row(List<Double> values, Tensor like) {
    float[] row = new float[Math.toIntExact(like.size(-1))];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(i % ClipShape.CHANNELS).floatValue();
    }
    return HostArrays.ofFloats(row, row.length).to(like);
  }
}

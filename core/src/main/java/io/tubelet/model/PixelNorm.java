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
    Tensor unit = byChannel(Patchify.unit(pixels));
    return unit.sub(row(mean, unit)).div_(row(std, unit)).reshape(sizes(pixels));
  }

  /** The inverse: {@code [B, K, P]} normalised floats to floats in [0, 1]. */
  public Tensor restore(Tensor normalised) {
    Tensor channels = byChannel(normalised);
    return channels.mul(row(std, channels)).add_(row(mean, channels)).reshape(sizes(normalised));
  }

  private static Tensor byChannel(Tensor pixels) {
    return pixels.reshape(pixels.size(0), -1, ClipShape.CHANNELS);
  }

  private static long[] sizes(Tensor pixels) {
    return new long[] {pixels.size(0), pixels.size(1), pixels.size(2)};
  }

  private static Tensor row(List<Double> values, Tensor like) {
    float[] row = {
      values.get(0).floatValue(), values.get(1).floatValue(), values.get(2).floatValue()
    };
    return HostArrays.ofFloats(row, ClipShape.CHANNELS).to(like);
  }
}

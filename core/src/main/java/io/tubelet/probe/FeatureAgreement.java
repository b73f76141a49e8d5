package io.tubelet.probe;

import io.tubelet.tensor.TensorScope;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How close features computed or stored in another number format come to the exact ones. The
 * measure is relative to what tells clips apart: a feature's deviation over the clips, not its
 * size, for a probe sees nothing else.
 *
 * @param worst largest difference, in deviations of that feature over the clips
 * @param typical root of the mean square of the differences, in the same unit
 */
public record FeatureAgreement(double worst, double typical) {
  /** Adds less than a thousandth to a feature's variance over the clips. */
  static final double CLOSE = Math.sqrt(1e-3);

  /**
   * @param exact {@code [n, V, D]}, of at least two clips
   * @param other the same features otherwise computed
   */
  public static FeatureAgreement of(Tensor exact, Tensor other) {
    try (TensorScope scope = new TensorScope()) {
      Tensor rows = exact.flatten(0, 1).to(ScalarType.Double).cpu();
      Standardisation standardisation = Standardisation.of(rows);
      Tensor difference =
          other
              .flatten(0, 1)
              .to(ScalarType.Double)
              .cpu()
              .sub(rows)
              .div(standardisation.deviation());
      return new FeatureAgreement(
          difference.abs().max().item_double(), difference.square().mean().sqrt().item_double());
    }
  }

  /** Whether a probe may take the one for the other. */
  public boolean isClose() {
    return typical < CLOSE;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4f deviations typically, %.4f at worst", typical, worst);
  }
}

package io.tubelet.probe;

import java.util.List;

/**
 * Linear probing by stochastic gradient descent.
 *
 * @param grid base rates, whose peak is the base times the batch over 256, and decays added to the
 *     gradient, as SGD has it; biases are spared
 * @param momentum share of the last update that goes into the next
 * @param batch rows of an update, every view being a row; the last incomplete batch of an epoch is
 *     left out, and a batch larger than the data means all of it
 * @param epochs passes over all rows
 * @param warmupEpochs in which the rate rises
 * @param batchNorm whether features are normalised first, without scale and shift of their own
 * @param refit whether the chosen setting is trained again on training and validation clips
 * @param seed of the order of rows
 */
public record LinearProbeConfig(
    RateGrid grid,
    double momentum,
    int batch,
    int epochs,
    int warmupEpochs,
    boolean batchNorm,
    boolean refit,
    long seed)
    implements ProbeConfig {
  /** VideoMAE, Table 11, which tries a single setting. */
  public static final LinearProbeConfig VIDEO_MAE =
      new LinearProbeConfig(
          new RateGrid(List.of(0.1), List.of(0.0)), 0.9, 1024, 100, 10, false, false, 0);

  /** A grid for features whose scale is not known, hence batch normalisation. */
  public static final LinearProbeConfig SWEEP =
      new LinearProbeConfig(
          new RateGrid(List.of(0.01, 0.03, 0.1, 0.3, 1.0, 3.0), List.of(0.0, 1e-4, 1e-3, 1e-2)),
          0.9,
          256,
          100,
          10,
          true,
          false,
          0);

  public LinearProbeConfig {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must lie in [0, 1), got " + momentum);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, got " + batch);
    }
    if (batchNorm && batch < 2) {
      throw new IllegalArgumentException("batch must be at least 2 with batch-norm, got " + batch);
    }
    requireEpochs(epochs, warmupEpochs);
  }

  /** Refuses a warm-up longer than the training. */
  static void requireEpochs(int epochs, int warmupEpochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
    }
    if (warmupEpochs < 0 || warmupEpochs >= epochs) {
      throw new IllegalArgumentException(
          "warmup-epochs must be 0 or more and less than epochs: warmup-epochs=%d, epochs=%d"
              .formatted(warmupEpochs, epochs));
    }
  }

  @Override
  public List<Setting> settings() {
    return grid.settings();
  }

  @Override
  public LinearProbeConfig only(int setting) {
    return new LinearProbeConfig(
        grid.only(setting), momentum, batch, epochs, warmupEpochs, batchNorm, refit, seed);
  }
}

package io.tubelet.probe;

import java.util.List;

/**
 * Probing by attention from one learnt query.
 *
 * @param heads of the attention; must divide the features' width
 * @param mlpRatio hidden width of the MLP over the features' width
 * @param grid rates of AdamW at their peak, not scaled by the batch, and its decays, for matrices
 * @param batch clips of an update; the last incomplete batch of an epoch is left out, and a batch
 *     larger than the data means all of it
 * @param epochs passes over all clips
 * @param warmupEpochs in which the rate rises
 * @param smoothing share of a label spread over all classes in training
 * @param refit whether the chosen setting is trained again on training and validation clips
 * @param seed of first weights and of the order of clips
 */
public record AttentiveProbeConfig(
    int heads,
    double mlpRatio,
    RateGrid grid,
    int batch,
    int epochs,
    int warmupEpochs,
    double smoothing,
    boolean refit,
    long seed)
    implements ProbeConfig {
  /** Near V-JEPA's evaluation (https://arxiv.org/abs/2404.08471), with a grid of rates. */
  public static final AttentiveProbeConfig DEFAULT =
      new AttentiveProbeConfig(
          4, 4, new RateGrid(List.of(3e-4, 1e-3, 3e-3), List.of(0.01)), 64, 20, 1, 0, false, 0);

  public AttentiveProbeConfig {
    if (heads < 1) {
      throw new IllegalArgumentException("heads must be at least 1, got " + heads);
    }
    if (!(mlpRatio > 0)) {
      throw new IllegalArgumentException("mlp-ratio must be above 0, got " + mlpRatio);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, got " + batch);
    }
    LinearProbeConfig.requireEpochs(epochs, warmupEpochs);
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing must lie in [0, 1), got " + smoothing);
    }
  }

  @Override
  public List<Setting> settings() {
    return grid.settings();
  }

  @Override
  public AttentiveProbeConfig only(int setting) {
    return new AttentiveProbeConfig(
        heads, mlpRatio, grid.only(setting), batch, epochs, warmupEpochs, smoothing, refit, seed);
  }
}

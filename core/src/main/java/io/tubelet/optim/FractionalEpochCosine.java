package io.tubelet.optim;

/**
 * mae_st: linear from 0 over the warm-up, then half a cosine, both over the fractional epoch {@code
 * step / stepsPerEpoch}.
 *
 * @param peak rate at the end of the warm-up
 * @param floor rate after the last epoch
 * @param warmupEpochs may be fractional
 * @param epochs all of them, warm-up included
 * @param stepsPerEpoch optimiser steps of an epoch
 */
public record FractionalEpochCosine(
    double peak, double floor, double warmupEpochs, double epochs, long stepsPerEpoch)
    implements LearningRate {
  public FractionalEpochCosine {
    if (!(warmupEpochs >= 0 && warmupEpochs < epochs)) {
      throw new IllegalArgumentException(
          "warmup-epochs must be at least 0 and below epochs: warmup-epochs=%s, epochs=%s"
              .formatted(warmupEpochs, epochs));
    }
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "steps-per-epoch must be at least 1, got " + stepsPerEpoch);
    }
  }

  @Override
  public double at(long step) {
    long whole = step / stepsPerEpoch;
    double epoch = whole + step % stepsPerEpoch / (double) stepsPerEpoch;
    if (epoch < warmupEpochs) {
      return peak * epoch / warmupEpochs;
    }
    double done = (epoch - warmupEpochs) / (epochs - warmupEpochs);
    return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * done));
  }
}

package io.tubelet.measure;

import io.tubelet.machine.Machine;

/**
 * How cases are measured, and where.
 *
 * @param replicas of the model, 0 to choose as a training run would
 * @param warmUp updates of each case that do not count
 * @param repeats updates that do
 * @param machine they run on
 * @param threads of libtorch's operators
 */
public record BenchSettings(int replicas, int warmUp, int repeats, Machine machine, int threads) {
  public BenchSettings {
    OptionChecks.requireAtLeast("replicas", replicas, 0);
    OptionChecks.requireAtLeast("warm-up", warmUp, 0);
    OptionChecks.requireAtLeast("repeat", repeats, 1);
  }
}

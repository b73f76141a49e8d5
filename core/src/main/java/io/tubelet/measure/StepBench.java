package io.tubelet.measure;

import io.tubelet.machine.Machine;
import io.tubelet.machine.MatrixRate;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.NativeMemory;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.train.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Measures cases one after the other, each from a process that holds nothing of the others. */
public final class StepBench {
  private final BenchSettings settings;
  private final StopSignal stop;

  /**
   * @param stop when asked for, the measurement ends after the update that is going on
   */
  public StepBench(BenchSettings settings, StopSignal stop) {
    this.settings = settings;
    this.stop = stop;
  }

  /** Why a case should not be tried; empty where nothing speaks against it. */
  public Optional<String> obstacle(StepCase step) {
    long needed = step.expectedBytes(parameters(step));
    long there = settings.machine().memoryBytes();
    return needed <= there
        ? Optional.empty()
        : Optional.of(
            "it needs about %.1f GB, this machine has %.1f".formatted(needed / 1e9, there / 1e9));
  }

  private static long parameters(StepCase step) {
    Compute noNumbers = new Compute(Precision.FP32, Placement.META);
    try (MaskedAutoencoder model = new MaskedAutoencoder(step.model(), noNumbers)) {
      return model.parameterCount();
    }
  }

  /** Measures a case; empty when asked to stop before its first update that counts. */
  public Optional<StepResult> measure(StepCase step) {
    double matrixRate = MatrixRate.measure(step.precision(), settings.threads());
    System.gc(); // what earlier cases left in the heap would be counted as this one's
    NativeMemory.giveBack();
    OptionalLong before = Machine.residentBytes();
    try (PretrainStep updates =
        new PretrainStep(step, settings.replicas(), settings.machine().memoryBytes())) {
      NativeMemory.giveBack(); // what drawing the weights took
      boolean peakOfCase = Machine.forgetPeakResidentBytes();
      for (int i = 0; i < settings.warmUp() && !stop.isRequested(); i++) {
        updates.update();
      }
      List<StepTiming> timings = new ArrayList<>();
      while (timings.size() < settings.repeats() && !stop.isRequested()) {
        timings.add(updates.update());
      }
      OptionalLong peak = Machine.peakResidentBytes();
      return timings.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new StepResult(
                  step,
                  updates.split(),
                  updates.model().parameterCount(),
                  timings,
                  before,
                  peak,
                  peakOfCase,
                  matrixRate));
    }
  }
}

package io.tubelet.measure;

import io.tubelet.machine.MatrixRate;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.Precision;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What the machine's threads make of large matrix products side by side: the limit of a step. */
final class MatrixRates {
  private final int threads;
  private final Map<Precision, Double> measured = new EnumMap<>(Precision.class);

  MatrixRates(int threads) {
    this.threads = threads;
  }

  /** Operations a second of all threads; measured when first asked for. */
  double of(Precision precision) {
    return measured.computeIfAbsent(precision, this::measure);
  }

  private double measure(Precision precision) {
    try (ComputeThreads sideBySide = new ComputeThreads(threads, 1)) {
      Callable<Double> one = () -> MatrixRate.measure(precision);
      List<Double> rates = sideBySide.all(Collections.nCopies(threads, one));
      return rates.stream().mapToDouble(rate -> rate).sum();
    }
  }
}

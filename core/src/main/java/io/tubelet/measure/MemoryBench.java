package io.tubelet.measure;

import io.tubelet.machine.Machine;
import io.tubelet.tensor.NativeMemory;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks at memory again and again while clips are read. */
public final class MemoryBench {
  private static final int SAMPLES = 25;

  private final LoadingBench bench;
  private final int windows;
  private final StopSignal stop;

  /**
   * @param stop when asked for, reading ends, and what was seen so far is the result
   */
  public MemoryBench(LoadingSettings settings, StopSignal stop) {
    this.bench = new LoadingBench(settings, stop);
    this.windows = settings.windows();
    this.stop = stop;
  }

  /** Reads all windows, no two alike. */
  public MemoryCourse watch(LoadingCase loading, Consumer<MemorySample> progress)
      throws IOException, InterruptedException {
    List<MemorySample> samples = new ArrayList<>();
    long clips = 0;
    try (ClipReading reading = bench.open(loading)) {
      take(clips, samples, progress);
      while (clips < windows && !stop.isRequested()) {
        long next = Math.min(windows - clips, Math.max(1, windows / SAMPLES));
        clips += reading.read(clips, next, stop);
        take(clips, samples, progress);
      }
    }
    return new MemoryCourse(loading, samples);
  }

  private static void take(
      long clips, List<MemorySample> samples, Consumer<MemorySample> progress) {
    System.gc(); // unused heap would hide what is native
    Runtime java = Runtime.getRuntime();
    MemorySample sample =
        new MemorySample(
            clips,
            Machine.residentBytes(),
            java.totalMemory() - java.freeMemory(),
            NativeMemory.objects());
    samples.add(sample);
    progress.accept(sample);
  }
}

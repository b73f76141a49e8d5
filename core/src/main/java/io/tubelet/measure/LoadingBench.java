package io.tubelet.measure;

import io.tubelet.machine.Machine;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures cases of loading one after the other; files are opened, or written, when first met. */
public final class LoadingBench {
  private final LoadingSettings settings;
  private final StopSignal stop;
  private final Map<Films, VideoSet> sets = new HashMap<>();

  /**
   * @param stop when asked for, the measurement ends after the clips that are being read
   */
  public LoadingBench(LoadingSettings settings, StopSignal stop) {
    this.settings = settings;
    this.stop = stop;
  }

  /**
   * Makes files that are ours and missing, and opens all.
   *
   * @return how many can be read
   */
  public int prepare(Films films) throws IOException {
    return set(films).videos().size();
  }

  private VideoSet set(Films films) throws IOException {
    VideoSet set = sets.get(films);
    if (set == null) {
      set = VideoSet.open(films, settings.open());
      sets.put(films, set);
    }
    return set;
  }

  /** Measures a case; empty when asked to stop before its first measurement that counts. */
  public Optional<LoadingResult> measure(LoadingCase loading)
      throws IOException, InterruptedException {
    VideoSet set = set(loading.films());
    List<LoadingTiming> timings = new ArrayList<>();
    try (ClipReading reading = open(loading)) {
      for (int i = 0; i < settings.warmUp() && !stop.isRequested(); i++) {
        reading.read(0, settings.windows(), stop);
      }
      while (timings.size() < settings.repeats() && !stop.isRequested()) {
        LoadingTiming timing = time(reading);
        if (!stop.isRequested()) {
          timings.add(timing);
        }
      }
    }
    return timings.isEmpty()
        ? Optional.empty()
        : Optional.of(new LoadingResult(loading, set.videos().size(), set.unreadable(), timings));
  }

  private LoadingTiming time(ClipReading reading) throws IOException, InterruptedException {
    long processor = Machine.processorNanos();
    long begin = System.nanoTime();
    long clips = reading.read(0, settings.windows(), stop);
    long end = System.nanoTime();
    return new LoadingTiming(
        clips, (end - begin) / 1e9, (Machine.processorNanos() - processor) / 1e9);
  }

  /** Begins to read as the case says. */
  ClipReading open(LoadingCase loading) throws IOException {
    VideoSet set = set(loading.films());
    return switch (loading.work()) {
      case DECODE -> new WindowReading(windows(set, loading), settings.open(), loading.workers());
      case LOAD -> new BatchReading(set, settings, loading);
    };
  }

  /** Writes which windows of these films are decoded, without repeated sampling. */
  public void writeWindows(List<Films> films, LoadingFiles files) throws IOException {
    List<Windows> all = new ArrayList<>();
    for (Films one : films) {
      all.add(new Windows(set(one), settings.sampling(), settings.frames(), 1));
    }
    files.writeWindows(new WindowsJson(all, settings.windows(), settings.open()));
  }

  private Windows windows(VideoSet set, LoadingCase loading) {
    return new Windows(set, settings.sampling(), settings.frames(), loading.repeats());
  }
}

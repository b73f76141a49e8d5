package io.tubelet.measure;

import java.util.List;

/**
 * What was measured of a case.
 *
 * @param loading the case
 * @param videos that were read
 * @param unreadable files that were left out
 * @param timings at least one
 */
public record LoadingResult(
    LoadingCase loading, int videos, int unreadable, List<LoadingTiming> timings) {
  public LoadingResult {
    timings = List.copyOf(timings);
  }

  /** The most important of it in words. */
  public String describe() {
    return "%s clips/s, %s ms of processor time a clip"
        .formatted(
            Figures.three(clipsPerSecond().median()),
            Figures.three(processorMillisPerClip().median()));
  }

  double[] allClipsPerSecond() {
    return timings.stream().mapToDouble(LoadingTiming::clipsPerSecond).toArray();
  }

  double[] allProcessorMillisPerClip() {
    return timings.stream().mapToDouble(LoadingTiming::processorMillisPerClip).toArray();
  }

  Spread clipsPerSecond() {
    return Spread.of(allClipsPerSecond());
  }

  Spread processorMillisPerClip() {
    return Spread.of(allProcessorMillisPerClip());
  }
}

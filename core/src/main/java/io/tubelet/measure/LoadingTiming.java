package io.tubelet.measure;

/**
 * One measurement of loading.
 *
 * @param clips that were read
 * @param seconds it took
 * @param processorSeconds of all threads of the process
 */
public record LoadingTiming(long clips, double seconds, double processorSeconds) {

  double clipsPerSecond() {
    return clips / seconds;
  }

  double processorMillisPerClip() {
    return 1e3 * processorSeconds / clips;
  }
}

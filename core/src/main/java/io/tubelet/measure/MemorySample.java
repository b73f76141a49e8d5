package io.tubelet.measure;

import java.util.OptionalLong;

/**
 * Memory at one moment.
 *
 * @param clips read so far
 * @param resident memory of the process in bytes, where the system tells
 * @param heap of Java in use, in bytes, after collecting what is not
 * @param nativeObjects that Java code holds, where they are counted
 */
public record MemorySample(
    long clips, OptionalLong resident, long heap, OptionalLong nativeObjects) {

  /** All of it in words. */
  public String describe() {
    return "%,9d clips  resident %s  heap %s  native objects %s"
        .formatted(
            clips,
            megabytes(resident),
            megabytes(OptionalLong.of(heap)),
            nativeObjects.isPresent() ? nativeObjects.getAsLong() : "not counted");
  }

  private static String megabytes(OptionalLong bytes) {
    return bytes.isPresent() ? "%.1f MB".formatted(bytes.getAsLong() / 1e6) : "unknown";
  }
}

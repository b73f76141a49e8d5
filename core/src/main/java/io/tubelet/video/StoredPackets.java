package io.tubelet.video;

import java.nio.file.Path;
import java.util.Arrays;

/** The packets of a stream in the order they are stored: when shown, whether a key, if at all. */
final class StoredPackets {
  /** What an untrusted file may make us remember: some 80 hours of video. */
  static final int MOST = 1 << 24;

  private static final int KEY = 1;
  private static final int SHOWN = 2;

  private long[] pts = new long[512];
  private byte[] flags = new byte[512];
  private int count;

  /** Appends a packet of {@code file}. */
  void add(long time, boolean key, boolean shown, Path file) throws VideoException {
    if (count == MOST) {
      throw new VideoException(file, "has more than %d packets".formatted(MOST));
    }
    if (count == pts.length) {
      pts = Arrays.copyOf(pts, 2 * count);
      flags = Arrays.copyOf(flags, 2 * count);
    }
    pts[count] = time;
    flags[count++] = (byte) ((key ? KEY : 0) | (shown ? SHOWN : 0));
  }

  int count() {
    return count;
  }

  /** When the packet of this number is shown, in the stream's unit. */
  long pts(int packet) {
    return pts[packet];
  }

  boolean isKey(int packet) {
    return (flags[packet] & KEY) != 0;
  }

  boolean isShown(int packet) {
    return (flags[packet] & SHOWN) != 0;
  }

  /** All time stamps, ascending. */
  long[] sortedPts() {
    long[] sorted = Arrays.copyOf(pts, count);
    Arrays.sort(sorted);
    return sorted;
  }
}

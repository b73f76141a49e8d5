package io.tubelet.data;

import io.tubelet.clip.Frames;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Videos that need no file: {@code v7.mp4} has {@code 20 + 7} frames of noise that depends on the
 * name and the frame number. Some can be made to fail.
 */
final class FakeVideos implements VideoOpener {
  static final int HEIGHT = 18;
  static final int WIDTH = 26;

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  /** Names that were asked for. */
  final Set<String> asked = ConcurrentHashMap.newKeySet();

  /** Cannot be opened. */
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** Fail at frames from the 20th on. */
  final Set<String> truncated = ConcurrentHashMap.newKeySet();

  /** Bring to light a fault of the program. */
  final Set<String> faulty = ConcurrentHashMap.newKeySet();

  /** As {@link #faulty}, but only once. */
  final Set<String> faultyOnce = ConcurrentHashMap.newKeySet();

  /** Never answer; a thread that asks is lost until the latch is counted down. */
  final Set<String> hanging = ConcurrentHashMap.newKeySet();

  final CountDownLatch released = new CountDownLatch(1);

  /** What opening does first. */
  volatile Runnable before = () -> {};

  static Manifest manifest(int videos) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < videos; i++) {
      String name = "v" + i + ".mp4";
      entries.add(new Entry(name, Path.of(name), null));
    }
    return new Manifest(Path.of("fake"), entries);
  }

  static int length(Path file) {
    String name = file.toString();
    return 20 + Integer.parseInt(name.substring(1, name.indexOf('.')));
  }

  @Override
  public VideoReader open(Path file, DecodeOptions options) throws VideoException {
    before.run();
    opened.incrementAndGet();
    asked.add(file.toString());
    if (broken.contains(file.toString())) {
      closed.incrementAndGet();
      throw new VideoException(file, "moov atom not found");
    }
    if (hanging.contains(file.toString())) {
      hang();
    }
    if (faulty.contains(file.toString()) || faultyOnce.remove(file.toString())) {
      closed.incrementAndGet();
      throw new IllegalStateException("a fault of the reader");
    }
    return new Reader(file);
  }

  /** As native code does: an interruption changes nothing. */
  private void hang() {
    boolean over = false;
    while (!over) {
      try {
        released.await();
        over = true;
      } catch (InterruptedException ignored) {
        // goes on waiting
      }
    }
  }

  private final class Reader implements VideoReader {
    private final Path file;

    Reader(Path file) {
      this.file = file;
    }

    @Override
    public VideoInfo info() {
      return new VideoInfo(length(file), HEIGHT, WIDTH, 25, "fake");
    }

    @Override
    public Frames frames(int... indices) throws VideoException {
      int size = HEIGHT * WIDTH * 3;
      byte[] rgb = new byte[indices.length * size];
      for (int i = 0; i < indices.length; i++) {
        if (indices[i] >= 20 && truncated.contains(file.toString())) {
          throw new VideoException(file, "frame " + indices[i] + " cannot be decoded");
        }
        byte[] frame = new byte[size];
        new SplittableRandom(file.toString().hashCode() * 1000L + indices[i]).nextBytes(frame);
        System.arraycopy(frame, 0, rgb, i * size, size);
      }
      return new Frames(indices.length, HEIGHT, WIDTH, rgb);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}

package io.tubelet.video;

import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Until when a piece of work on a file must be done; each piece begins it anew.
 *
 * <p>Asked between packets, and by FFmpeg itself between reads: a header that never ends, or
 * garbage searched for a packet, is cut as well.
 */
final class Deadline implements AutoCloseable {
  /**
   * One for all, because JavaCPP keeps few places for callbacks; which deadline is its argument.
   */
  private static final Interruption INTERRUPTION = new Interruption();

  private final double seconds;
  private final LongPointer end = new LongPointer(1); // of System.nanoTime, where FFmpeg finds it

  private static final class Interruption extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer end) {
      return isPast(new LongPointer(end).get()) ? 1 : 0;
    }
  }

  Deadline(double seconds) {
    this.seconds = seconds;
    begin();
  }

  /** Starts the clock again. */
  void begin() {
    end.put(System.nanoTime() + (long) (seconds * 1e9));
  }

  void requireTime(Path file) throws VideoException {
    if (isPast(end.get())) {
      throw new VideoException(
          file,
          String.format(Locale.ROOT, "was given up after %.1f seconds, the deadline", seconds));
    }
  }

  /** Whether less than half of the time is left. */
  boolean isHalfPast() {
    return isPast(end.get() - (long) (seconds / 2 * 1e9));
  }

  private static boolean isPast(long time) {
    return System.nanoTime() - time > 0;
  }

  /** Lets FFmpeg ask; the deadline must outlive {@code format}. */
  void watch(AVFormatContext format) {
    format.interrupt_callback().callback(INTERRUPTION).opaque(end);
  }

  @Override
  public void close() {
    end.close();
  }
}

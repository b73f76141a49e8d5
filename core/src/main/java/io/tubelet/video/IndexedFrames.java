package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.tubelet.video.Decoder.Choice;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Frames found by seeking to the key frame before them.
 *
 * <p>Frames are recognised by their time stamps, so a seek that lands too late is noticed and
 * repeated from an earlier key frame; pictures that are neither wanted nor referred to are not
 * decoded.
 */
final class IndexedFrames implements FrameSource {
  /** Every packet has been fed: whatever is wanted, a seek comes first. */
  private static final int AT_END = Integer.MAX_VALUE;

  private final Demuxer demuxer;
  private final Decoder decoder;
  private final FrameIndex index;

  /** The stored number of the packet that the decoder is fed next. */
  private int nextPacket;

  private IndexedFrames(Demuxer demuxer, FrameIndex index, int nextPacket) throws VideoException {
    this.demuxer = demuxer;
    this.index = index;
    this.decoder = new Decoder(demuxer);
    this.nextPacket = nextPacket;
  }

  /** With an index made of the same file before. */
  static IndexedFrames open(VideoFile file, FrameIndex index) throws VideoException {
    Demuxer demuxer = new Demuxer(file, index.stream());
    try {
      return new IndexedFrames(demuxer, index, 0);
    } catch (VideoException | RuntimeException | Error failure) {
      demuxer.close();
      throw failure;
    }
  }

  /** Makes the index; empty where none can be trusted. */
  static Optional<IndexedFrames> open(VideoFile file) throws VideoException {
    Demuxer demuxer = new Demuxer(file);
    IndexedFrames opened = null;
    try {
      FrameIndex index = FrameIndex.read(demuxer);
      opened = index == null ? null : new IndexedFrames(demuxer, index, AT_END);
      return Optional.ofNullable(opened);
    } finally {
      if (opened == null) {
        demuxer.close();
      }
    }
  }

  FrameIndex index() {
    return index;
  }

  @Override
  public int frames() {
    return index.frames();
  }

  @Override
  public CodedVideo coded() {
    return demuxer.describe(demuxer.parameters().height(), demuxer.parameters().width());
  }

  @Override
  public int decode(int[] numbers, Sink sink) throws VideoException {
    Choice choice = new Needed(numbers);
    int key = index.keyBefore(numbers[0]);
    if (anyWasFed(numbers) || index.keyPacket(key) > nextPacket) {
      if (!seek(key)) {
        return 0;
      }
    }
    int reached = 0;
    int step = 1;
    while (reached < numbers.length) {
      AVFrame frame = decoder.next(choice);
      int number = frame == null ? index.frames() : index.frameAt(stamp(frame));
      if (number < 0) {
        break; // a picture that the container did not announce
      }
      if (frame != null && number == numbers[reached]) {
        sink.accept(number, frame);
        reached++;
        int ahead = reached < numbers.length ? index.keyBefore(numbers[reached]) : key;
        if (index.keyPacket(ahead) > nextPacket) {
          key = ahead;
          if (!seek(key)) {
            break;
          }
        }
      } else if (number > numbers[reached]) {
        // Recovery can take longer than the container says: start earlier, and ever earlier.
        if (key == 0 || !seek(Math.max(0, key - step))) {
          break;
        }
        key = Math.max(0, key - step);
        step *= 2;
      }
    }
    return reached;
  }

  /**
   * Packets up to the last that holds a wanted frame; what the decoder then keeps back in order to
   * reorder it comes out without feeding it more.
   */
  private final class Needed implements Choice {
    private final int[] numbers;
    private final int last;

    Needed(int[] numbers) {
      this.numbers = numbers;
      this.last = IntStream.of(numbers).map(index::packetOf).max().orElseThrow();
    }

    @Override
    public boolean more() {
      if (nextPacket <= last) {
        return true;
      }
      nextPacket = AT_END;
      return false;
    }

    @Override
    public boolean wanted(AVPacket packet) {
      nextPacket = index.packetAt(packet.pts()) + 1;
      return Arrays.binarySearch(numbers, index.frameAt(packet.pts())) >= 0;
    }
  }

  /** Packets fed by an earlier call may have been skipped as unwanted. */
  private boolean anyWasFed(int[] numbers) {
    for (int number : numbers) {
      if (index.packetOf(number) < nextPacket) {
        return true;
      }
    }
    return false;
  }

  private boolean seek(int key) {
    if (!demuxer.seek(index.keyPts(key))) {
      return false;
    }
    decoder.flush();
    nextPacket = index.keyPacket(key);
    return true;
  }

  private static long stamp(AVFrame frame) {
    return frame.pts() == AV_NOPTS_VALUE ? frame.best_effort_timestamp() : frame.pts();
  }

  @Override
  public void close() {
    decoder.close();
    demuxer.close();
  }
}

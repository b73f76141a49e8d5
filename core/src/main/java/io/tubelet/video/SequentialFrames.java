package io.tubelet.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Frames found by counting: from the last {@link SeekPoint} before them, or from the file's start
 * where there is none; slower than an index, and right whatever the container says.
 *
 * <p>How many there are is learnt by decoding the whole file once. Going back to the start means
 * opening the file anew, because not every stream can be rewound to the same state.
 */
final class SequentialFrames implements FrameSource {
  private final VideoFile file;
  private final FrameCount count;
  private Demuxer demuxer;
  private FrameRun run;

  /** Whether a seek has led to a point every time. */
  private boolean seekable = true;

  /** Reads a file whose frames were counted before. */
  SequentialFrames(VideoFile file, FrameCount count) throws VideoException {
    this.file = file;
    this.count = count;
    this.demuxer = new Demuxer(file);
    this.run = runOver(demuxer);
  }

  private static FrameRun runOver(Demuxer demuxer) throws VideoException {
    try {
      return FrameRun.fromStart(demuxer);
    } catch (VideoException | RuntimeException | Error failure) {
      demuxer.close();
      throw failure;
    }
  }

  @Override
  public CodedVideo coded() {
    return demuxer.describe(count.height(), count.width());
  }

  @Override
  public int frames() {
    return count.frames();
  }

  @Override
  public int decode(int[] numbers, Sink sink) throws VideoException {
    int reached = 0;
    while (reached < numbers.length) {
      approach(numbers[reached]);
      int number = run.number();
      AVFrame frame = run.next();
      if (frame == null) {
        return reached;
      }
      if (number == numbers[reached]) {
        sink.accept(number, frame);
        reached++;
      }
    }
    return reached;
  }

  /** Goes where decoding leads to a frame the soonest; often that is straight on. */
  private void approach(int number) throws VideoException {
    boolean passed = number < run.number();
    SeekPoint point = seekable ? count.pointBefore(number) : null;
    if (point != null && (passed || point.frame() > run.number())) {
      @Nullable FrameRun from = FrameRun.from(point, demuxer);
      if (from != null) {
        run.close();
        run = from;
      } else {
        seekable = false;
        restart();
      }
    } else if (passed) {
      restart();
    }
  }

  private void restart() throws VideoException {
    Demuxer again = new Demuxer(file);
    FrameRun fromStart = runOver(again);
    close();
    demuxer = again;
    run = fromStart;
  }

  @Override
  public void close() {
    run.close();
    demuxer.close();
  }
}

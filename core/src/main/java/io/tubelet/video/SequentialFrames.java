package io.tubelet.video;

import io.tubelet.video.Decoder.Choice;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Frames found by decoding from the start and counting: slow, and right whatever the container
 * says.
 *
 * <p>How many there are is learnt by decoding the whole file once. Going back means opening it
 * anew, because not every stream can be rewound to the same state.
 */
final class SequentialFrames implements FrameSource {
  private final VideoFile file;
  private final FrameCount count;
  private Demuxer demuxer;
  private Decoder decoder;
  private int position;

  /** Reads a file whose frames were counted before. */
  SequentialFrames(VideoFile file, FrameCount count) throws VideoException {
    this.file = file;
    this.count = count;
    this.demuxer = new Demuxer(file);
    this.decoder = decoderOver(demuxer);
  }

  /** Decodes all of {@code file}. */
  static FrameCount count(VideoFile file) throws VideoException {
    try (Demuxer demuxer = new Demuxer(file);
        Decoder decoder = new Decoder(demuxer)) {
      int frames = 0;
      int height = 0;
      int width = 0;
      for (AVFrame f = decoder.next(Choice.ALL); f != null; f = decoder.next(Choice.ALL)) {
        if (frames++ == 0) {
          height = f.height();
          width = f.width();
        }
      }
      return new FrameCount(frames, height, width);
    }
  }

  private static Decoder decoderOver(Demuxer demuxer) throws VideoException {
    try {
      return new Decoder(demuxer);
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
    if (numbers[0] < position) {
      restart();
    }
    int reached = 0;
    while (reached < numbers.length) {
      AVFrame frame = decoder.next(Choice.ALL);
      if (frame == null) {
        return reached;
      }
      if (position++ == numbers[reached]) {
        sink.accept(numbers[reached++], frame);
      }
    }
    return reached;
  }

  private void restart() throws VideoException {
    Demuxer again = new Demuxer(file);
    Decoder fromStart = decoderOver(again);
    close();
    demuxer = again;
    decoder = fromStart;
    position = 0;
  }

  @Override
  public void close() {
    decoder.close();
    demuxer.close();
  }
}

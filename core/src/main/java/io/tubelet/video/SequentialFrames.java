package io.tubelet.video;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Frames found by decoding from the start and counting: slow, and right whatever the container
 * says.
 *
 * <p>The whole file is decoded once to learn how many frames there are. Going back means opening it
 * anew, because not every stream can be rewound to the same state.
 */
final class SequentialFrames implements FrameSource {
  private final Path file;
  private final CodedVideo coded;
  private final int frames;
  private Demuxer demuxer;
  private Decoder decoder;
  private int position;

  /** Counts the frames of {@code file}. */
  SequentialFrames(Path file) throws VideoException {
    this.file = file;
    this.demuxer = new Demuxer(file);
    this.decoder = decoderOver(demuxer);
    int height = 0;
    int width = 0;
    for (AVFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
      if (position++ == 0) {
        height = frame.height();
        width = frame.width();
      }
    }
    this.frames = position;
    this.coded = demuxer.describe(height, width);
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
    return coded;
  }

  @Override
  public int frames() {
    return frames;
  }

  @Override
  public int decode(int[] numbers, Sink sink) throws VideoException {
    if (numbers[0] < position) {
      restart();
    }
    int reached = 0;
    while (reached < numbers.length) {
      AVFrame frame = decoder.next();
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

package io.tubelet.video;

import io.tubelet.video.Decoder.Choice;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * All frames of a file in order, counted from its start or from a {@link SeekPoint}. Several runs
 * may follow one another over one demuxer, which is not closed with them.
 */
final class FrameRun implements AutoCloseable {
  private final Decoder decoder;
  private final Choice choice;
  private int number;

  /** Whether the frame at which the run begins is yet to come. */
  private boolean leading;

  private FrameRun(Decoder decoder, Choice choice, int number, boolean leading) {
    this.decoder = decoder;
    this.choice = choice;
    this.number = number;
    this.leading = leading;
  }

  /** From the start of a file of which nothing has been read. */
  static FrameRun fromStart(Demuxer demuxer) throws VideoException {
    return new FrameRun(new Decoder(demuxer), Choice.ALL, 0, false);
  }

  /** From a point on; null where the demuxer does not find it, and then it is anywhere. */
  static @Nullable FrameRun from(SeekPoint point, Demuxer demuxer) throws VideoException {
    return demuxer.seek(point)
        ? new FrameRun(new Decoder(demuxer), new Numbered(), point.frame(), true)
        : null;
  }

  /** Stamps packets with their number, from 0, whatever the container says. */
  static final class Numbered implements Choice {
    private int packets;

    @Override
    public boolean more() {
      return true;
    }

    @Override
    public boolean wanted(AVPacket packet) {
      packet.pts(packets++);
      packet.dts(packet.pts());
      return true;
    }
  }

  /** The number of the frame that {@link #next} gives next. */
  int number() {
    return number;
  }

  /**
   * The next frame, valid until the next call; null at the end.
   *
   * @throws VideoException past the deadline
   */
  @Nullable AVFrame next() throws VideoException {
    AVFrame frame = decoder.next(choice);
    while (leading && frame != null && frame.pts() != 0) {
      frame = decoder.next(choice); // shown before the first, and leans on what was not read
    }
    leading = false;
    number++;
    return frame;
  }

  @Override
  public void close() {
    decoder.close();
  }
}

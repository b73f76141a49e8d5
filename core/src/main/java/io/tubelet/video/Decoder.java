package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG2_EXPORT_MVS;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Frames out of a demuxer's packets, in presentation order.
 *
 * <p>One codec thread: a loader decodes several videos at once, which scales better than several
 * threads on one small picture.
 */
final class Decoder implements AutoCloseable {
  /** A damaged stream may answer every request at its end with an error; it is left then. */
  private static final int MOST_ERRORS_AT_END = 64;

  private final Demuxer demuxer;
  private final AVCodecContext codec;
  private final AVFrame frame = Ffmpeg.allocated(av_frame_alloc(), "a frame");
  private boolean draining;
  private int errorsAtEnd;

  Decoder(Demuxer demuxer) throws VideoException {
    this.demuxer = demuxer;
    AVCodecParameters parameters = demuxer.parameters();
    AVCodec decoder = avcodec_find_decoder(parameters.codec_id());
    this.codec = Ffmpeg.allocated(avcodec_alloc_context3(decoder), "a decoder");
    try {
      if (decoder == null) {
        throw new VideoException(
            demuxer.file(), "no decoder for codec " + demuxer.codec() + " in this FFmpeg build");
      }
      avcodec_parameters_to_context(codec, parameters);
      codec.thread_count(1);
      codec.max_pixels(demuxer.options().maxBufferPixels()); // of a picture that grows on the way
      if (demuxer.exportsMotion()) {
        codec.flags2(codec.flags2() | AV_CODEC_FLAG2_EXPORT_MVS);
      }
      codec.pkt_timebase(demuxer.stream().time_base());
      Ffmpeg.check(
          avcodec_open2(codec, decoder, (AVDictionary) null),
          demuxer.file(),
          "codec " + demuxer.codec() + " cannot be started");
    } catch (VideoException | RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  /** What of the packets is needed. */
  interface Choice {
    /** All of them. */
    Choice ALL =
        new Choice() {
          @Override
          public boolean more() {
            return true;
          }

          @Override
          public boolean wanted(AVPacket packet) {
            return true;
          }
        };

    /** Whether another packet is needed; if not, only what the decoder still holds is given. */
    boolean more();

    /** Sees every packet once; where it says no, a frame that no other refers to is left out. */
    boolean wanted(AVPacket packet);
  }

  /**
   * The next frame, valid until the next call; null at the end. Damaged packets are passed over.
   *
   * @throws VideoException past the deadline
   */
  @Nullable AVFrame next(Choice choice) throws VideoException {
    while (true) {
      int code = avcodec_receive_frame(codec, frame);
      if (code == 0) {
        return frame;
      }
      if (code == AVERROR_EOF) {
        return null;
      }
      if (!draining) {
        feed(choice); // after an error as well: without another packet it could come back for ever
      } else if (++errorsAtEnd > MOST_ERRORS_AT_END) {
        return null;
      }
    }
  }

  private void feed(Choice choice) throws VideoException {
    AVPacket packet = choice.more() ? demuxer.next() : null;
    if (packet == null) {
      draining = true;
    } else {
      codec.skip_frame(choice.wanted(packet) ? AVDISCARD_DEFAULT : AVDISCARD_NONREF);
    }
    avcodec_send_packet(codec, packet); // an error is this packet's alone: the next may decode
  }

  /** Forgets all packets fed so far; called after the demuxer was sent elsewhere. */
  void flush() {
    avcodec_flush_buffers(codec);
    draining = false;
    errorsAtEnd = 0;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    avcodec_free_context(codec);
  }
}

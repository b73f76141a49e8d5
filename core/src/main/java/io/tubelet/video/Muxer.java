package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/** A file being written that holds one video stream. */
final class Muxer implements AutoCloseable {
  private final Path file;
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVIOContext output = new AVIOContext(null);

  Muxer(Path file, String container) throws VideoException {
    this.file = file;
    try (BytePointer url = Ffmpeg.url(file);
        BytePointer kind = new BytePointer(container)) {
      Ffmpeg.check(
          avformat_alloc_output_context2(format, (AVOutputFormat) null, kind, url),
          file,
          "cannot be written as " + container);
      Ffmpeg.check(avio_open(output, url, AVIO_FLAG_WRITE), file, "cannot be written");
    } catch (VideoException | RuntimeException | Error failure) {
      avformat_free_context(format);
      throw failure;
    }
    format.pb(output);
    // MP4: the index goes first, so that a reader need not seek to the end; GIF knows no such flag.
    av_opt_set(format.priv_data(), "movflags", "+faststart", 0);
  }

  /** Whether the encoder must leave its parameters to the container's header. */
  boolean keepsHeaderApart() {
    return (format.oformat().flags() & AVFMT_GLOBALHEADER) != 0;
  }

  /** Writes the header for what {@code codec} encodes. */
  void begin(AVCodecContext codec) throws VideoException {
    AVStream stream =
        Ffmpeg.allocated(avformat_new_stream(format, (AVCodec) null), "an output stream");
    stream.time_base(codec.time_base());
    stream.avg_frame_rate(codec.framerate());
    avcodec_parameters_from_context(stream.codecpar(), codec);
    Ffmpeg.check(
        avformat_write_header(format, (AVDictionary) null), file, "its header cannot be written");
  }

  /** Writes one encoded picture, stamped in the encoder's time base, and gives it up. */
  void write(AVPacket packet, AVCodecContext codec) throws VideoException {
    packet.stream_index(0);
    packet.duration(1);
    av_packet_rescale_ts(packet, codec.time_base(), format.streams(0).time_base());
    Ffmpeg.check(av_interleaved_write_frame(format, packet), file, "cannot be written");
  }

  /** Writes what comes last and closes the file, reporting a full disk. */
  void end() throws VideoException {
    Ffmpeg.check(av_write_trailer(format), file, "its index cannot be written");
    Ffmpeg.check(avio_closep(output), file, "cannot be completed");
  }

  @Override
  public void close() {
    if (!output.isNull()) {
      avio_closep(output);
    }
    avformat_free_context(format);
  }
}

package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;

import io.tubelet.clip.Frames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Writes files of any container and codec that FFmpeg's build encodes, for tests. */
final class EncodedFile {
  private static final int TICKS = 25; // a second

  private EncodedFile() {}

  /**
   * One video stream.
   *
   * @param settings what the encoder is told beside size, format and time base
   * @param times when each frame is shown, in 25ths of a second
   * @param disposition what the container says the stream is for
   */
  record Track(
      String encoder,
      int pixelFormat,
      Frames frames,
      Consumer<AVCodecContext> settings,
      long[] times,
      int disposition) {
    static Track of(String encoder, int pixelFormat, Frames frames, int gop) {
      return new Track(
          encoder,
          pixelFormat,
          frames,
          codec -> codec.gop_size(gop),
          LongStream.range(0, frames.count()).toArray(),
          0);
    }

    Track with(Consumer<AVCodecContext> more) {
      return new Track(encoder, pixelFormat, frames, settings.andThen(more), times, disposition);
    }

    /** Marked as the stream to be played unless another is asked for. */
    Track asDefault() {
      return new Track(encoder, pixelFormat, frames, settings, times, AV_DISPOSITION_DEFAULT);
    }

    Track at(long... shown) {
      return new Track(encoder, pixelFormat, frames, settings, shown, disposition);
    }
  }

  static Path write(Path file, String container, Track... tracks) throws VideoException {
    AVFormatContext format = new AVFormatContext(null);
    AVIOContext output = new AVIOContext(null);
    List<AVCodecContext> codecs = new ArrayList<>();
    try (BytePointer url = Ffmpeg.url(file);
        BytePointer kind = new BytePointer(container)) {
      Ffmpeg.check(
          avformat_alloc_output_context2(format, (AVOutputFormat) null, kind, url), file, "format");
      Ffmpeg.check(avio_open(output, url, AVIO_FLAG_WRITE), file, "file");
      format.pb(output);
      for (Track track : tracks) {
        codecs.add(start(file, track, (format.oformat().flags() & AVFMT_GLOBALHEADER) != 0));
        AVStream stream = avformat_new_stream(format, (AVCodec) null);
        stream.disposition(track.disposition());
        stream.time_base(codecs.get(codecs.size() - 1).time_base());
        avcodec_parameters_from_context(stream.codecpar(), codecs.get(codecs.size() - 1));
      }
      Ffmpeg.check(avformat_write_header(format, (AVDictionary) null), file, "header");
      for (int i = 0; i < tracks.length; i++) {
        encode(file, tracks[i], codecs.get(i), format, i);
      }
      Ffmpeg.check(av_write_trailer(format), file, "trailer");
    } finally {
      codecs.forEach(codec -> avcodec_free_context(codec));
      if (!output.isNull()) {
        avio_closep(output);
      }
      avformat_free_context(format);
    }
    return file;
  }

  private static AVCodecContext start(Path file, Track track, boolean globalHeader)
      throws VideoException {
    AVCodec encoder = avcodec_find_encoder_by_name(track.encoder());
    if (encoder == null) {
      throw new VideoException(file, "no encoder " + track.encoder());
    }
    AVCodecContext codec = avcodec_alloc_context3(encoder);
    codec.time_base().num(1).den(TICKS);
    codec.framerate().num(TICKS).den(1);
    codec.height(track.frames().height());
    codec.width(track.frames().width());
    codec.pix_fmt(track.pixelFormat());
    codec.bit_rate(2_000_000);
    codec.thread_count(1);
    if (globalHeader) {
      codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    track.settings().accept(codec);
    Ffmpeg.check(avcodec_open2(codec, encoder, (AVDictionary) null), file, track.encoder());
    return codec;
  }

  private static void encode(
      Path file, Track track, AVCodecContext codec, AVFormatContext format, int stream)
      throws VideoException {
    Frames frames = track.frames();
    AVPacket packet = av_packet_alloc();
    try (EncoderPicture picture =
        new EncoderPicture(file, frames.height(), frames.width(), track.pixelFormat())) {
      for (int t = 0; t <= frames.count(); t++) {
        @Nullable AVFrame next =
            t == frames.count()
                ? null
                : picture.of(frames.rgb(), frames.offset(t), track.times()[t]);
        Ffmpeg.check(avcodec_send_frame(codec, next), file, "a picture");
        while (avcodec_receive_packet(codec, packet) >= 0) {
          packet.stream_index(stream);
          av_packet_rescale_ts(packet, codec.time_base(), format.streams(stream).time_base());
          Ffmpeg.check(av_interleaved_write_frame(format, packet), file, "a packet");
        }
      }
    } finally {
      av_packet_free(packet);
    }
  }
}

package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BYTE;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** The packets of one of a file's video streams, in the order they are stored. */
final class Demuxer implements AutoCloseable {
  /** A seek leads to the packet, to the key packet before it, or astray. */
  private static final int MOST_PACKETS_TO_POINT = 100;

  private final VideoFile file;
  private final AVFormatContext format;
  private final AVStream stream;
  private final AVPacket packet;
  private final @Nullable StreamFacts known;
  private boolean endedByError;

  /** A seek has read the packet that is given next. */
  private boolean readAhead;

  Demuxer(VideoFile file) throws VideoException {
    this(file, null);
  }

  /** Of a file that was probed before, which spares doing so again. */
  Demuxer(VideoFile file, @Nullable StreamFacts known) throws VideoException {
    this.file = file;
    this.known = known;
    this.format = openFormat(file);
    this.packet = Ffmpeg.allocated(av_packet_alloc(), "a packet");
    try {
      this.stream = chooseStream();
    } catch (VideoException | RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  private static AVFormatContext openFormat(VideoFile file) throws VideoException {
    VideoLocation location = VideoLocation.of(file.path());
    AVFormatContext format = Ffmpeg.allocated(avformat_alloc_context(), "a demuxer");
    file.deadline().watch(format);
    AVDictionary options = new AVDictionary(null);
    // A play list may name other files, even remote ones: nothing but this machine's files is read.
    av_dict_set(options, "protocol_whitelist", location.protocols(), 0);
    try (BytePointer url = location.url()) {
      int code = avformat_open_input(format, url, null, options); // frees format where it fails
      file.requireTime();
      Ffmpeg.check(code, file.path(), "cannot be opened");
    } finally {
      av_dict_free(options);
    }
    return format;
  }

  private AVStream chooseStream() throws VideoException {
    if (isText()) {
      throw new VideoException(file(), "cannot be opened: " + container() + " is text, not video");
    }
    if (known != null && isDescribed(known.number())) {
      format.streams(known.number()).codecpar().video_delay(known.delay());
    } else if (!headerIsComplete()) {
      int code = avformat_find_stream_info(format, (AVDictionary) null);
      file.requireTime();
      Ffmpeg.check(code, file(), "cannot be probed");
    }
    int chosen = known != null ? known.number() : file.options().stream().in(format, file());
    if (chosen >= format.nb_streams()) {
      throw new VideoException(
          file(), "has lost stream %d since it was surveyed".formatted(chosen));
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      if (i != chosen) {
        format.streams(i).discard(AVDISCARD_ALL);
      }
    }
    AVStream video = format.streams(chosen);
    file.requireSize(video.codecpar().height(), video.codecpar().width());
    return video;
  }

  /** FFmpeg renders plain text, by the file's name alone, as a video of a terminal. */
  private boolean isText() {
    return container().equals("tty");
  }

  /**
   * Whether probing can be spared: an MP4 with a table of its samples says all that decoding needs,
   * the reordering delay included.
   */
  private boolean headerIsComplete() {
    if (!isMp4()) {
      return false;
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      AVStream candidate = format.streams(i);
      AVCodecParameters parameters = candidate.codecpar();
      if (parameters.codec_type() == AVMEDIA_TYPE_VIDEO
          && (parameters.width() == 0
              || parameters.height() == 0
              || candidate.nb_frames() == 0
              || candidate.avg_frame_rate().den() == 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the header alone says what a decoder must know beside {@link StreamFacts}. */
  private boolean isDescribed(int number) {
    if (number >= format.nb_streams()) {
      return false;
    }
    AVCodecParameters parameters = format.streams(number).codecpar();
    return parameters.codec_id() != AV_CODEC_ID_NONE
        && parameters.width() > 0
        && parameters.height() > 0;
  }

  /** What is known of the stream that is read. */
  StreamFacts facts() {
    return new StreamFacts(stream.index(), parameters().video_delay(), fps());
  }

  Path file() {
    return file.path();
  }

  /** Whether decoders are to tell the motion vectors too. */
  boolean exportsMotion() {
    return file.motion();
  }

  /** What its reading may cost. */
  OpenOptions options() {
    return file.options();
  }

  AVStream stream() {
    return stream;
  }

  AVCodecParameters parameters() {
    return stream.codecpar();
  }

  /** FFmpeg's names of the container, comma-separated. */
  String container() {
    return format.iformat().name().getString();
  }

  boolean isMp4() {
    return container().startsWith("mov,");
  }

  boolean isMatroska() {
    return container().startsWith("matroska");
  }

  String codec() {
    return avcodec_get_name(parameters().codec_id()).getString();
  }

  /** What the stream says of its pictures, whose first has this size. */
  CodedVideo describe(int height, int width) {
    return new CodedVideo(height, width, Orientation.of(parameters()), fps(), codec());
  }

  private double fps() {
    if (known != null) {
      return known.fps();
    }
    double mean = quotient(stream.avg_frame_rate());
    return mean > 0 ? mean : quotient(stream.r_frame_rate());
  }

  private static double quotient(AVRational rate) {
    return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
  }

  /**
   * The next packet, valid until the next call; null at the end of what can be read.
   *
   * @throws VideoException past the deadline
   */
  @Nullable AVPacket next() throws VideoException {
    if (readAhead) {
      readAhead = false;
      return packet;
    }
    while (true) {
      av_packet_unref(packet);
      int code = av_read_frame(format, packet);
      file.requireTime();
      if (code < 0) {
        endedByError = code != AVERROR_EOF;
        return null;
      }
      if (packet.stream_index() == stream.index()) {
        return packet;
      }
    }
  }

  /** Whether the last {@code null} of {@link #next} came of an error rather than the file's end. */
  boolean endedByError() {
    return endedByError;
  }

  /**
   * Goes to the packet of a point, which is then the next; false where it was not found.
   *
   * @throws VideoException past the deadline
   */
  boolean seek(SeekPoint point) throws VideoException {
    readAhead = false;
    if (!(isTransportStream() ? seekPosition(point.position()) : seek(point.time()))) {
      return false;
    }
    for (int i = 0; i < MOST_PACKETS_TO_POINT; i++) {
      AVPacket read = next();
      if (read == null) {
        return false;
      }
      if (read.pos() == point.position()) {
        readAhead = true;
        return true;
      }
    }
    return false;
  }

  /**
   * It has no table of its packets; FFmpeg would look for a time by bisection, and come near it.
   */
  private boolean isTransportStream() {
    return container().equals("mpegts");
  }

  private boolean seekPosition(long position) {
    return avformat_seek_file(
            format, stream.index(), Long.MIN_VALUE, position, position, AVSEEK_FLAG_BYTE)
        >= 0;
  }

  /** Goes to the key packet shown at {@code pts} or, failing that, one before; false if refused. */
  boolean seek(long pts) {
    return avformat_seek_file(
            format, stream.index(), Long.MIN_VALUE, pts, pts, AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(format);
  }
}

package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import io.tubelet.clip.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes frames to an {@code .mp4} (H.264, or MPEG-4 where the FFmpeg build lacks it) or an
 * animated {@code .gif}.
 *
 * <p>The file appears under its name when {@link #finish} is called, complete; a writer closed
 * before leaves nothing behind.
 *
 * <pre>{@code
 * try (VideoWriter writer = VideoWriter.create(file, 96, 96, EncodeOptions.DEFAULT)) {
 *   writer.write(frames);
 *   writer.finish();
 * }
 * }</pre>
 *
 * <p>One encoder thread: the same frames give the same file.
 */
public final class VideoWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VideoWriter.class);

  private final Path file;
  private final Path unfinished;
  private final int height;
  private final int width;
  private final Muxer muxer;
  private final AVCodecContext codec;
  private final EncoderPicture picture;
  private final @Nullable PaletteFilter palette;
  private final AVPacket packet = Ffmpeg.allocated(av_packet_alloc(), "a packet");
  private long written;
  private boolean closed;

  private VideoWriter(
      Path file,
      Path unfinished,
      int height,
      int width,
      Muxer muxer,
      AVCodecContext codec,
      EncoderPicture picture,
      @Nullable PaletteFilter palette) {
    this.file = file;
    this.unfinished = unfinished;
    this.height = height;
    this.width = width;
    this.muxer = muxer;
    this.codec = codec;
    this.picture = picture;
    this.palette = palette;
  }

  /**
   * Begins a video of {@code height} by {@code width} pixels; the name's ending says which kind.
   *
   * @throws VideoException when the ending is neither .mp4 nor .gif, an MP4's side is odd, or the
   *     folder cannot be written to
   */
  public static VideoWriter create(Path file, int height, int width, EncodeOptions options)
      throws VideoException {
    VideoEncoding encoding = VideoEncoding.of(file, height, width, options.codec());
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Muxer muxer = new Muxer(unfinished, encoding.container());
    AVCodecContext codec = null;
    EncoderPicture picture = null;
    PaletteFilter palette = null;
    try {
      codec = encoding.start(file, height, width, options, muxer.keepsHeaderApart());
      picture = new EncoderPicture(file, height, width, encoding.pictureFormat());
      if (encoding.needsPalette()) {
        palette = new PaletteFilter(file, height, width, encoding.pictureFormat());
      }
      muxer.begin(codec);
      return new VideoWriter(file, unfinished, height, width, muxer, codec, picture, palette);
    } catch (VideoException | RuntimeException | Error failure) {
      if (palette != null) {
        palette.close();
      }
      if (picture != null) {
        picture.close();
      }
      if (codec != null) {
        avcodec_free_context(codec);
      }
      muxer.close();
      discard(unfinished);
      throw failure;
    }
  }

  /** Writes a whole video at once. */
  public static void save(Path file, Frames frames, EncodeOptions options) throws VideoException {
    try (VideoWriter writer = create(file, frames.height(), frames.width(), options)) {
      writer.write(frames);
      writer.finish();
    }
  }

  /** Appends all of {@code frames}. */
  public void write(Frames frames) throws VideoException {
    requireOpen();
    if (frames.height() != height || frames.width() != width) {
      throw new IllegalArgumentException(
          "%s takes pictures of %d x %d (width x height), got %d x %d"
              .formatted(file, width, height, frames.width(), frames.height()));
    }
    for (int t = 0; t < frames.count(); t++) {
      reduceAndEncode(picture.of(frames.rgb(), frames.offset(t), written++));
    }
  }

  /** Completes the file and gives it its name; nothing can be written afterwards. */
  public void finish() throws VideoException {
    requireOpen();
    if (written == 0) {
      throw new VideoException(file, "cannot be written: it has no frames");
    }
    reduceAndEncode(null);
    muxer.end();
    close(false);
    try {
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      discard(unfinished);
      throw new VideoException(file, "cannot be completed: " + refused.getMessage());
    }
  }

  private void reduceAndEncode(@Nullable AVFrame frame) throws VideoException {
    if (palette == null) {
      encode(frame);
      return;
    }
    palette.add(frame);
    for (AVFrame reduced = palette.next(); reduced != null; reduced = palette.next()) {
      encode(reduced);
    }
    if (frame == null) {
      encode(null);
    }
  }

  /** Feeds a picture, or the end where it is null, and stores what comes out. */
  private void encode(@Nullable AVFrame frame) throws VideoException {
    Ffmpeg.check(avcodec_send_frame(codec, frame), file, "a picture cannot be encoded");
    while (true) {
      int code = avcodec_receive_packet(codec, packet);
      if (code == AVERROR_EAGAIN() || code == AVERROR_EOF) {
        return;
      }
      Ffmpeg.check(code, file, "a picture cannot be encoded");
      muxer.write(packet, codec);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(file + " is already finished or closed");
    }
  }

  /** Frees everything; an unfinished file is deleted. */
  @Override
  public void close() {
    close(true);
  }

  private void close(boolean discard) {
    if (closed) {
      return;
    }
    closed = true;
    av_packet_free(packet);
    picture.close();
    if (palette != null) {
      palette.close();
    }
    avcodec_free_context(codec);
    muxer.close();
    if (discard) {
      discard(unfinished);
    }
  }

  private static void discard(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException left) {
      LOG.warn("an unfinished video is left behind: {}", unfinished, left);
    }
  }
}

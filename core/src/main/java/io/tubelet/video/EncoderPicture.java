package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.tubelet.clip.ClipShape;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** One RGB picture in the pixel format that an encoder takes. */
final class EncoderPicture implements AutoCloseable {
  private static final int SLACK = 64; // swscale reads whole vectors, past the last row's end

  private final Path file;
  private final int height;
  private final int rowBytes;
  private final BytePointer rgb;
  private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private final AVFrame frame = Ffmpeg.allocated(av_frame_alloc(), "a frame");
  private final SwsContext converter;

  EncoderPicture(Path file, int height, int width, int pixelFormat) throws VideoException {
    this.file = file;
    this.height = height;
    this.rowBytes = width * ClipShape.CHANNELS;
    this.rgb = new BytePointer((long) height * rowBytes + SLACK);
    planes.put(0, rgb);
    strides.put(0, rowBytes);
    this.converter =
        Ffmpeg.allocated(
            sws_getContext(
                width,
                height,
                AV_PIX_FMT_RGB24,
                width,
                height,
                pixelFormat,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null),
            "a converter of colours");
    frame.format(pixelFormat);
    frame.height(height);
    frame.width(width);
    Ffmpeg.check(av_frame_get_buffer(frame, 0), file, "no memory for a picture");
  }

  /** The picture that starts at byte {@code offset} of {@code from}, shown at {@code pts}. */
  AVFrame of(byte[] from, int offset, long pts) throws VideoException {
    rgb.put(from, offset, height * rowBytes);
    Ffmpeg.check(av_frame_make_writable(frame), file, "no memory for a picture");
    int done = sws_scale(converter, planes, strides, 0, height, frame.data(), frame.linesize());
    Ffmpeg.check(done, file, "a picture cannot be converted");
    frame.pts(pts);
    frame.duration(1);
    return frame;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    sws_freeContext(converter);
    strides.close();
    planes.close();
    rgb.close();
  }
}

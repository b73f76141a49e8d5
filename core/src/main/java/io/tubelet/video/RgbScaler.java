package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.tubelet.clip.ClipShape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Decoded pictures of any format and size, scaled to one size, as upright RGB bytes.
 *
 * <p>Scaling is bilinear and happens while colours are converted. The colour matrix and range are
 * those of each frame; an untagged frame counts as ITU-R BT.601, limited range, as in FFmpeg.
 */
final class RgbScaler implements AutoCloseable {
  private static final int ROW_ALIGNMENT = 64; // swscale writes whole vectors, past a row's end

  /**
   * Columns that swscale converts at once. Where the row has no room for the last of these blocks,
   * swscale leaves its columns as they were, whatever they were, and says nothing.
   */
  private static final int COLUMNS_AT_ONCE = 16;

  private static final int UNITY = 1 << 16; // contrast and saturation are 16.16 fixed point

  private final Path file;
  private final int height;
  private final int width;
  private final Orientation orientation;
  private final int stride;
  private final BytePointer memory;
  private final ByteBuffer rows;
  private final byte[] coded;
  private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private @Nullable SwsContext scaler;
  private @Nullable Source source;

  /** What a conversion depends on; most videos keep it from end to end. */
  private record Source(int height, int width, int format, int matrix, int range) {
    static Source of(AVFrame frame) {
      return new Source(
          frame.height(), frame.width(), frame.format(), frame.colorspace(), frame.color_range());
    }
  }

  /**
   * Delivers pictures of {@code height} by {@code width} pixels as coded, that is before they are
   * turned upright.
   */
  RgbScaler(Path file, int height, int width, Orientation orientation) {
    this.file = file;
    this.height = height;
    this.width = width;
    this.orientation = orientation;
    int rowBytes = width * ClipShape.CHANNELS;
    this.stride = up(up(width, COLUMNS_AT_ONCE) * ClipShape.CHANNELS, ROW_ALIGNMENT);
    long bytes = (long) stride * height + ROW_ALIGNMENT;
    this.memory = new BytePointer(Ffmpeg.allocated(av_malloc(bytes), "a picture"));
    this.rows = memory.capacity(bytes).asByteBuffer();
    this.coded = new byte[orientation.equals(Orientation.UPRIGHT) ? 0 : rowBytes * height];
    planes.put(0, memory);
    strides.put(0, stride);
  }

  private static int up(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  /** Writes {@code frame} to {@code rgb} from byte {@code offset}. */
  void write(AVFrame frame, byte[] rgb, int offset) throws VideoException {
    prepare(Source.of(frame));
    int done =
        sws_scale(scaler, frame.data(), frame.linesize(), 0, frame.height(), planes, strides);
    Ffmpeg.check(done, file, "a picture cannot be converted to RGB");
    if (coded.length == 0) {
      copyRows(rgb, offset);
    } else {
      copyRows(coded, 0);
      orientation.turn(coded, height, width, rgb, offset);
    }
  }

  private void copyRows(byte[] to, int offset) {
    int rowBytes = width * ClipShape.CHANNELS;
    for (int y = 0; y < height; y++) {
      rows.get(y * stride, to, offset + y * rowBytes, rowBytes);
    }
  }

  private void prepare(Source next) throws VideoException {
    if (next.equals(source)) {
      return;
    }
    free();
    scaler =
        sws_getContext(
            next.width(),
            next.height(),
            next.format(),
            width,
            height,
            AV_PIX_FMT_RGB24,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null) {
      throw new VideoException(
          file,
          "pictures of %d x %d in pixel format %d cannot be scaled to %d x %d"
              .formatted(next.width(), next.height(), next.format(), width, height));
    }
    IntPointer matrix = sws_getCoefficients(next.matrix());
    sws_setColorspaceDetails(
        scaler,
        matrix,
        next.range() == AVCOL_RANGE_JPEG ? 1 : 0,
        matrix,
        1, // RGB is full range
        0,
        UNITY,
        UNITY);
    source = next;
  }

  private void free() {
    if (scaler != null) {
      sws_freeContext(scaler);
      scaler = null;
      source = null;
    }
  }

  @Override
  public void close() {
    free();
    av_free(memory);
    planes.close();
    strides.close();
  }
}

package io.tubelet.video;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;

/** Frames through FFmpeg: by index where it is sound, by counting where it is not. */
final class FfmpegVideoReader implements VideoReader {
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8; // what a Java array can hold

  private final Path file;
  private final VideoInfo info;
  private final RgbScaler scaler;
  private FrameSource source;
  private boolean closed;

  /** Takes over {@code source}: it is closed with this, or here if this cannot be made. */
  FfmpegVideoReader(Path file, FrameSource source, DecodeOptions options) throws VideoException {
    this.file = file;
    this.source = source;
    try {
      CodedVideo coded = source.coded();
      if (source.frames() == 0) {
        throw new VideoException(file, "holds no frame that can be decoded");
      }
      int height = options.heightOf(coded.height(), coded.width());
      int width = options.heightOf(coded.width(), coded.height());
      if ((long) height * width * ClipShape.CHANNELS > MOST_BYTES) {
        throw new VideoException(
            file, "pictures of %d x %d are too large".formatted(width, height));
      }
      boolean sideways = coded.orientation().transposed();
      this.info =
          new VideoInfo(
              source.frames(),
              sideways ? width : height,
              sideways ? height : width,
              coded.fps(),
              coded.codec());
      this.scaler = new RgbScaler(file, height, width, coded.orientation());
    } catch (VideoException | RuntimeException | Error failure) {
      source.close();
      throw failure;
    }
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Frames frames(int... indices) throws VideoException {
    if (closed) {
      throw new IllegalStateException(file + ": frames were asked of a closed video");
    }
    for (int index : indices) {
      Objects.checkIndex(index, info.frames());
    }
    int frameBytes = info.height() * info.width() * ClipShape.CHANNELS;
    if ((long) indices.length * frameBytes > MOST_BYTES) {
      throw new VideoException(
          file,
          "%d frames of %d x %d are %d bytes, at most %d can be read at once; decode them smaller"
              .formatted(
                  indices.length,
                  info.width(),
                  info.height(),
                  (long) indices.length * frameBytes,
                  MOST_BYTES));
    }
    byte[] rgb = new byte[indices.length * frameBytes];
    int[] numbers = IntStream.of(indices).sorted().distinct().toArray();
    if (numbers.length > 0) {
      decode(
          numbers,
          (number, frame) -> {
            int first = -1;
            for (int i = 0; i < indices.length; i++) {
              if (indices[i] != number) {
                continue;
              }
              if (first < 0) {
                first = i;
                scaler.write(frame, rgb, i * frameBytes);
              } else {
                System.arraycopy(rgb, first * frameBytes, rgb, i * frameBytes, frameBytes);
              }
            }
          });
    }
    return new Frames(indices.length, info.height(), info.width(), rgb);
  }

  private void decode(int[] numbers, FrameSource.Sink sink) throws VideoException {
    int reached = source.decode(numbers, sink);
    if (reached < numbers.length && source instanceof IndexedFrames) {
      countInstead(numbers[reached]);
      reached = source.decode(numbers, sink);
    }
    if (reached < numbers.length) {
      throw new VideoException(
          file, "frame %d of %d cannot be decoded".formatted(numbers[reached], info.frames()));
    }
  }

  /** The packets were not the frames after all: goes on by counting, if the count is the same. */
  private void countInstead(int missing) throws VideoException {
    SequentialFrames counted = new SequentialFrames(file);
    if (counted.frames() != info.frames()) {
      counted.close();
      throw new VideoException(
          file,
          "frame %d cannot be decoded: the container lists %d frames, %d decode"
              .formatted(missing, info.frames(), counted.frames()));
    }
    source.close();
    source = counted;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      scaler.close();
      source.close();
    }
  }
}

package io.tubelet.video;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.Objects;
import java.util.stream.IntStream;

/** Frames through FFmpeg: by index where it is sound, by counting where it is not. */
final class FfmpegVideoReader implements VideoReader {
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8; // what a Java array can hold

  private final VideoFile file;
  private final VideoInfo info;
  private final RgbScaler scaler;
  private FrameSource source;
  private boolean closed;

  /** Takes over {@code file} and {@code source}: closed with this, or here if it cannot be made. */
  FfmpegVideoReader(VideoFile file, FrameSource source, DecodeOptions options)
      throws VideoException {
    this.file = file;
    this.source = source;
    try {
      CodedVideo coded = source.coded();
      if (source.frames() == 0) {
        throw new VideoException(file.path(), "holds no frame that can be decoded");
      }
      int height = options.heightOf(coded.height(), coded.width());
      int width = options.heightOf(coded.width(), coded.height());
      file.requireSize(height, width);
      boolean sideways = coded.orientation().transposed();
      this.info =
          new VideoInfo(
              source.frames(),
              sideways ? width : height,
              sideways ? height : width,
              coded.fps(),
              coded.codec());
      this.scaler = new RgbScaler(file.path(), height, width, coded.orientation());
    } catch (VideoException | RuntimeException | Error failure) {
      source.close();
      file.close();
      throw failure;
    }
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Frames frames(int... indices) throws VideoException {
    int[] numbers = begin(indices);
    int frameBytes = frameBytes();
    if ((long) indices.length * frameBytes > MOST_BYTES) {
      throw new VideoException(
          file.path(),
          "%d frames of %d x %d are %d bytes, at most %d can be read at once; decode them smaller"
              .formatted(
                  indices.length,
                  info.width(),
                  info.height(),
                  (long) indices.length * frameBytes,
                  MOST_BYTES));
    }
    byte[] rgb = new byte[indices.length * frameBytes];
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
    return new Frames(indices.length, info.height(), info.width(), rgb);
  }

  @Override
  public void each(int[] numbers, Sink sink) throws VideoException {
    Frames one = new Frames(1, info.height(), info.width(), new byte[frameBytes()]);
    decode(
        begin(numbers),
        (number, frame) -> {
          scaler.write(frame, one.rgb(), 0);
          sink.accept(number, one);
        });
  }

  private int frameBytes() {
    return info.height() * info.width() * ClipShape.CHANNELS;
  }

  /** Checks a request and starts its clock; the numbers ascend in what it returns. */
  private int[] begin(int[] indices) throws VideoException {
    if (closed) {
      throw new IllegalStateException(file.path() + ": frames were asked of a closed video");
    }
    for (int index : indices) {
      Objects.checkIndex(index, info.frames());
    }
    int[] numbers = IntStream.of(indices).sorted().distinct().toArray();
    long pixels = (long) numbers.length * info.height() * info.width();
    if (pixels > file.options().maxPixels()) {
      throw new VideoException(
          file.path(),
          "%d frames of %d x %d have more pixels than max-pixels=%d allows"
              .formatted(numbers.length, info.width(), info.height(), file.options().maxPixels()));
    }
    file.beginWork();
    return numbers;
  }

  private void decode(int[] numbers, FrameSource.Sink sink) throws VideoException {
    if (numbers.length == 0) {
      return;
    }
    int reached = source.decode(numbers, sink);
    if (reached < numbers.length && source instanceof IndexedFrames) {
      countInstead(numbers[reached]);
      reached = source.decode(numbers, sink);
    }
    if (reached < numbers.length) {
      throw new VideoException(
          file.path(),
          "frame %d of %d cannot be decoded".formatted(numbers[reached], info.frames()));
    }
  }

  /** The packets were not the frames after all: goes on by counting, if the count is the same. */
  private void countInstead(int missing) throws VideoException {
    FrameCount counted = FrameCounting.count(file);
    if (counted.frames() != info.frames()) {
      throw new VideoException(
          file.path(),
          "frame %d cannot be decoded: the container lists %d frames, %d decode"
              .formatted(missing, info.frames(), counted.frames()));
    }
    FrameSource sequential = new SequentialFrames(file, counted);
    source.close();
    source = sequential;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      scaler.close();
      source.close();
      file.close();
    }
  }
}

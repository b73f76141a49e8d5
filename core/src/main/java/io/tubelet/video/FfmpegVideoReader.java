package io.tubelet.video;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.clip.MotionField;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Frames through FFmpeg: by index where it is sound, by counting where it is not. */
final class FfmpegVideoReader implements VideoReader {
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8; // what a Java array can hold

  private final VideoFile file;
  private final VideoInfo info;
  private final RgbScaler scaler;
  private final Orientation orientation;
  private final Map<Integer, Optional<MotionField>> motions = new HashMap<>();
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
      this.orientation = coded.orientation();
      boolean sideways = orientation.transposed();
      this.info =
          new VideoInfo(
              source.frames(),
              sideways ? width : height,
              sideways ? height : width,
              coded.fps(),
              coded.codec());
      this.scaler = new RgbScaler(file.path(), height, width, orientation);
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
          keepMotion(number, frame);
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
          keepMotion(number, frame);
          scaler.write(frame, one.rgb(), 0);
          sink.accept(number, one);
        });
  }

  private void keepMotion(int number, AVFrame frame) {
    if (file.motion()) {
      motions.put(number, MotionVectors.of(frame, orientation));
    }
  }

  @Override
  public Optional<MotionField> motion(int number) throws VideoException {
    if (!MotionVectors.areToldBy(info.codec())) {
      throw new VideoException(
          file.path(),
          "codec %s tells no motion vectors, as H.264 and MPEG-4 do: re-encode with 'tubelet data prepare', or mask in another way"
              .formatted(info.codec()));
    }
    Optional<MotionField> motion = motions.get(number);
    if (motion == null) {
      throw new IllegalStateException(
          "the motion of frame %d was asked for before the frame, or of a reader opened without"
              .formatted(number));
    }
    return motion;
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

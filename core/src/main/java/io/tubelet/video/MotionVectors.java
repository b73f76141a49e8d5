package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MOTION_VECTORS;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.tubelet.clip.MotionField;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVMotionVector;

/**
 * From the vectors with which a frame's blocks point into other frames to how far each part has
 * moved. Blocks coded without a vector count as still.
 */
final class MotionVectors {
  /** Side of a cell in coded pixels: that of the smallest block whose vector FFmpeg tells. */
  static final int CELL = 8;

  /** Codecs whose decoders in FFmpeg tell their vectors: H.264, and the family of MPEG. */
  private static final Set<String> TOLD_BY =
      Set.of(
          "h264",
          "mpeg1video",
          "mpeg2video",
          "mpeg4",
          "msmpeg4v2",
          "msmpeg4v3",
          "h263",
          "flv1",
          "wmv1",
          "wmv2");

  private MotionVectors() {}

  /** Whether a codec's vectors can be known at all. */
  static boolean areToldBy(String codec) {
    return TOLD_BY.contains(codec);
  }

  /** The field of a decoded frame, upright; empty where it was coded without vectors. */
  static Optional<MotionField> of(AVFrame frame, Orientation orientation) {
    AVFrameSideData side = av_frame_get_side_data(frame, AV_FRAME_DATA_MOTION_VECTORS);
    if (side == null || side.isNull() || side.size() == 0) {
      return Optional.empty();
    }
    Grid grid = new Grid(frame.height(), frame.width());
    AVMotionVector vectors = new AVMotionVector(side.data());
    long count = side.size() / vectors.sizeof();
    for (long i = 0; i < count; i++) {
      grid.add(vectors.position(i));
    }
    return Optional.of(grid.field(orientation));
  }

  /** Lengths are averaged where a block points both ways. */
  private static final class Grid {
    private final int rows;
    private final int columns;
    private final float[] sums;
    private final int[] counts;

    Grid(int height, int width) {
      rows = (height + CELL - 1) / CELL;
      columns = (width + CELL - 1) / CELL;
      sums = new float[rows * columns];
      counts = new int[rows * columns];
    }

    void add(AVMotionVector vector) {
      float length =
          (float) Math.hypot(vector.motion_x(), vector.motion_y())
              / Math.max(1, vector.motion_scale());
      int halfHeight = (vector.h() & 0xFF) / 2;
      int halfWidth = (vector.w() & 0xFF) / 2;
      // The place that is told is a block's centre.
      int bottom = Math.min(rows * CELL, vector.dst_y() + halfHeight);
      int right = Math.min(columns * CELL, vector.dst_x() + halfWidth);
      for (int y = Math.max(0, vector.dst_y() - halfHeight); y < bottom; y += CELL) {
        for (int x = Math.max(0, vector.dst_x() - halfWidth); x < right; x += CELL) {
          int cell = y / CELL * columns + x / CELL;
          sums[cell] += length;
          counts[cell]++;
        }
      }
    }

    MotionField field(Orientation orientation) {
      int down = orientation.transposed() ? columns : rows;
      int across = orientation.transposed() ? rows : columns;
      float[] lengths = new float[sums.length];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int cell = row * columns + column;
          int there = orientation.cell(row, column, down, across);
          lengths[there] = counts[cell] == 0 ? 0 : sums[cell] / counts[cell];
        }
      }
      return new MotionField(down, across, lengths);
    }
  }
}

package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.javacpp.IntPointer;

/**
 * How a coded picture must be turned to stand upright: one of the eight symmetries of a rectangle.
 *
 * @param transposed coded rows become columns
 * @param flippedAcross left and right are then exchanged
 * @param flippedDown top and bottom are then exchanged
 */
record Orientation(boolean transposed, boolean flippedAcross, boolean flippedDown) {

  static final Orientation UPRIGHT = new Orientation(false, false, false);

  private static final int MATRIX_BYTES = 36;

  /** From the display matrix of the stream; upright where it has none. */
  static Orientation of(AVCodecParameters parameters) {
    AVPacketSideData side =
        av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            AV_PKT_DATA_DISPLAYMATRIX);
    if (side == null || side.isNull() || side.size() < MATRIX_BYTES) {
      return UPRIGHT;
    }
    // ISO/IEC 14496-12: (x, y) is shown at (a x + c y, b x + d y), rows (a b u), (c d v), (x y w).
    IntPointer matrix = new IntPointer(side.data());
    return of(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
  }

  /** The symmetry nearest to a display matrix whose upper left part is (a b), (c d). */
  static Orientation of(int a, int b, int c, int d) {
    boolean transposed = Math.abs((long) b) > Math.abs((long) a);
    return transposed ? new Orientation(true, c < 0, b < 0) : new Orientation(false, a < 0, d < 0);
  }

  /**
   * Copies a coded RGB picture of {@code height} rows and {@code width} columns, upright, to {@code
   * to} from byte {@code offset}.
   */
  void turn(byte[] from, int height, int width, byte[] to, int offset) {
    int across = transposed ? height : width; // of the upright picture
    int down = transposed ? width : height;
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int there = offset + 3 * cell(y, x, down, across);
        to[there] = from[at++];
        to[there + 1] = from[at++];
        to[there + 2] = from[at++];
      }
    }
  }

  /** Where a place of the coded picture lies in the upright one, counted row by row. */
  int cell(int y, int x, int down, int across) {
    int column = transposed ? y : x;
    int row = transposed ? x : y;
    column = flippedAcross ? across - 1 - column : column;
    row = flippedDown ? down - 1 - row : row;
    return row * across + column;
  }
}

package io.tubelet.augment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Lines of pixels in the forms that resizing is quick in: a pixel as one int, red lowest, which is
 * what is moved about; and a line as three planes of ints, one a colour, which is what is
 * calculated with.
 *
 * <p>Implementation note: the compiler vectorises a loop only if it is small, handles ints alone
 * and has the same index in all its arrays. Hence one loop for each step, and arrays of their own
 * for planes and lines.
 */
final class PackedPixels {
  static final int COLOURS = 3;

  private static final int BYTES = 3;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private PackedPixels() {}

  /** Three planes of a line. */
  static int[][] planes(int length) {
    return new int[COLOURS][length];
  }

  /** The pixel whose red is at {@code at}; its highest byte is whatever. */
  static int read(byte[] rgb, int at) {
    return at <= rgb.length - Integer.BYTES
        ? (int) INT.get(rgb, at)
        : (rgb[at] & 0xff) | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff) << 16;
  }

  /** Writes a line of pixels, the last one first if it is to be mirrored. */
  static void write(int[] pixels, boolean mirrored, byte[] rgb, int offset) {
    int last = pixels.length - 1;
    int at = offset;
    if (mirrored) {
      for (int x = last; x > 0; x--, at += BYTES) {
        INT.set(rgb, at, pixels[x]); // and a byte of the next pixel, which is yet to come
      }
    } else {
      for (int x = 0; x < last; x++, at += BYTES) {
        INT.set(rgb, at, pixels[x]);
      }
    }
    int pixel = pixels[mirrored ? 0 : last];
    for (int c = 0; c < COLOURS; c++) {
      rgb[at + c] = (byte) (pixel >> (c * Byte.SIZE));
    }
  }

  /** From pixels to planes, 0 to 255 each. */
  static void unpack(int[] pixels, int[][] planes) {
    int[] red = planes[0];
    int[] green = planes[1];
    int[] blue = planes[2];
    for (int i = 0; i < pixels.length; i++) {
      red[i] = pixels[i] & 0xff;
      green[i] = (pixels[i] >> 8) & 0xff;
      blue[i] = (pixels[i] >> 16) & 0xff;
    }
  }

  /** From planes to pixels; values are 0 to 255 once {@code bits} are dropped from each. */
  static void pack(int[][] planes, int bits, int[] pixels) {
    int[] red = planes[0];
    int[] green = planes[1];
    int[] blue = planes[2];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (red[i] >> bits) | (green[i] >> bits << 8) | (blue[i] >> bits << 16);
    }
  }
}

package io.tubelet.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TFRecord framing: {@code length u64, masked crc of length u32, data, masked crc of data u32}, all
 * little-endian, checksums CRC-32C.
 */
final class RecordFraming {

  private static final int MASK_DELTA = 0xa282ead8;

  private RecordFraming() {}

  static byte[] frame(byte[] data) {
    byte[] length = buffer(8).putLong(data.length).array();
    return buffer(8 + 4 + data.length + 4)
        .put(length)
        .putInt(maskedCrc(length))
        .put(data)
        .putInt(maskedCrc(data))
        .array();
  }

  /** Rotated and shifted, so that a checksum of bytes that hold checksums stays a good one. */
  static int maskedCrc(byte[] data) {
    var crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}

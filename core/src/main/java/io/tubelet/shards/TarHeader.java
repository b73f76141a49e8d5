package io.tubelet.shards;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The 512 bytes before a member of a tar file, in the format {@code ustar} of POSIX.1-1988.
 *
 * @param name of the member, with {@code /} between its parts
 * @param bytes of its content
 * @param type {@code '0'} for a file
 */
record TarHeader(String name, long bytes, char type) {

  /** Everything in a tar file begins at a multiple of this. */
  static final int BLOCK = 512;

  static final char FILE = '0';
  static final char OLD_FILE = '\0';
  static final char CONTIGUOUS_FILE = '7';

  /** Says more of the member that follows: POSIX.1-2001's, for all that follow, and GNU's. */
  static final char PAX = 'x';

  static final char PAX_FOR_ALL = 'g';
  static final char GNU_LONG_NAME = 'L';
  static final char GNU_LONG_LINK = 'K';

  private static final int NAME = 0;
  private static final int NAME_BYTES = 100;
  private static final int MODE = 100;
  private static final int OWNER = 108;
  private static final int GROUP = 116;
  private static final int SIZE = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TIME = 136;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_BYTES = 155;

  private static final String USTAR = "ustar\0" + "00";
  private static final long LARGEST = (1L << 33) - 1; // eleven octal digits

  /** Whether the name and the size can be written in this format. */
  TarHeader requireWritable() {
    int length = name.getBytes(UTF_8).length;
    if (length == 0 || length > NAME_BYTES) {
      throw new IllegalArgumentException(
          "a member's name must have 1 to %d bytes, '%s' has %d"
              .formatted(NAME_BYTES, name, length));
    }
    if (bytes < 0 || bytes > LARGEST) {
      throw new IllegalArgumentException(
          "%s: a member must have at most %d bytes (8 GiB), got %d"
              .formatted(name, LARGEST, bytes));
    }
    return this;
  }

  /** The block; the same for the same member, whoever writes it and when. */
  byte[] block() {
    requireWritable();
    byte[] block = new byte[BLOCK];
    put(block, NAME, name.getBytes(UTF_8));
    putOctal(block, MODE, 8, 0644);
    putOctal(block, OWNER, 8, 0);
    putOctal(block, GROUP, 8, 0);
    putOctal(block, SIZE, SIZE_BYTES, bytes);
    putOctal(block, TIME, 12, 0);
    block[TYPE] = (byte) type;
    put(block, MAGIC, USTAR.getBytes(US_ASCII));
    put(block, CHECKSUM, "%06o\0 ".formatted(checksum(block)).getBytes(US_ASCII));
    return block;
  }

  /** Whether a block is one of the empty ones that end a tar file. */
  static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a block.
   *
   * @throws IllegalArgumentException in words that go behind file and offset, when it is no header
   */
  static TarHeader parse(byte[] block) {
    if (number(block, CHECKSUM, CHECKSUM_BYTES) != checksum(block)) {
      throw new IllegalArgumentException("not the header of a tar member, or damaged");
    }
    String name = text(block, NAME, NAME_BYTES);
    boolean posix = "ustar\0".equals(new String(block, MAGIC, 6, US_ASCII)); // GNU's has no prefix
    String prefix = posix ? text(block, PREFIX, PREFIX_BYTES) : "";
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        number(block, SIZE, SIZE_BYTES),
        (char) block[TYPE]);
  }

  /** Bytes from the member's first to the next header. */
  static long padded(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** The sum of all bytes, those of the sum itself counted as blanks. */
  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES;
      sum += own ? ' ' : Byte.toUnsignedInt(block[i]);
    }
    return sum;
  }

  private static void put(byte[] block, int at, byte[] field) {
    System.arraycopy(field, 0, block, at, field.length);
  }

  private static void putOctal(byte[] block, int at, int length, long value) {
    put(block, at, ("%0" + (length - 1) + "o").formatted(value).getBytes(US_ASCII));
  }

  private static String text(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, UTF_8);
  }

  /** Octal digits, or big-endian where the first bit is set, as GNU writes 8 GiB and more. */
  private static long number(byte[] block, int at, int length) {
    if ((block[at] & 0x80) != 0) {
      long value = block[at] & 0x7f;
      for (byte b : Arrays.copyOfRange(block, at + 1, at + length)) {
        if (value > Long.MAX_VALUE >> 8) {
          throw new IllegalArgumentException("the header has a number beyond all bounds");
        }
        value = value << 8 | Byte.toUnsignedLong(b);
      }
      return value;
    }
    String digits = text(block, at, length).strip();
    if (!digits.matches("[0-7]*")) {
      throw new IllegalArgumentException("not the header of a tar member, or damaged");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }
}

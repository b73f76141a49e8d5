package io.tubelet.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, little-endian, with their end and their limits watched. */
final class PickleBytes {
  private static final int MAX_NAME = 1024;
  private static final int MAX_INTEGER_BYTES = 255;

  private final InputStream in;
  private final long length;
  private final PickleLimits limits;
  private long position;

  /**
   * @param length bytes there are; a claim beyond it is refused before anything is allocated
   */
  PickleBytes(InputStream in, long length, PickleLimits limits) {
    this.in = in;
    this.length = Math.min(length, limits.pickleBytes());
    this.limits = limits;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  int u1() throws IOException {
    int b = position < length ? in.read() : -1;
    if (b < 0) {
      throw new PickleException("the pickle ends in the middle");
    }
    position++;
    return b;
  }

  int u2() throws IOException {
    return u1() | u1() << 8;
  }

  int i4() throws IOException {
    return u2() | u2() << 16;
  }

  long u4() throws IOException {
    return i4() & 0xffff_ffffL;
  }

  long i8() throws IOException {
    return u4() | u4() << 32;
  }

  /** The one big-endian number. */
  double f8() throws IOException {
    return ByteBuffer.wrap(take(8)).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  byte[] bytes(long count) throws IOException {
    if (count < 0 || count > limits.textBytes()) {
      throw new PickleException(
          "a string of %s bytes; at most %d are read"
              .formatted(Long.toUnsignedString(count), limits.textBytes()));
    }
    return take(count);
  }

  String text(long count) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes(count)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new PickleException("a string is not UTF-8");
    }
  }

  /** Text up to a line feed: half a name. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = u1(); b != '\n'; b = u1()) {
      if (line.length() == MAX_NAME || b >= 0x80) {
        throw new PickleException(
            "a name is longer than %d letters or not ASCII".formatted(MAX_NAME));
      }
      line.append((char) b);
    }
    return line.toString();
  }

  /** A two's complement number: a Long when it fits, else a BigInteger. */
  Number integer(long count) throws IOException {
    if (count < 0 || count > MAX_INTEGER_BYTES) {
      throw new PickleException(
          "an integer of %d bytes; at most %d are read".formatted(count, MAX_INTEGER_BYTES));
    }
    byte[] little = take(count);
    byte[] big = new byte[little.length + 1];
    for (int i = 0; i < little.length; i++) {
      big[big.length - 1 - i] = little[i];
    }
    big[0] = little.length > 0 && little[little.length - 1] < 0 ? (byte) -1 : 0;
    BigInteger value = new BigInteger(big);
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  /** Checks the length of a frame; frames need no other attention. */
  void frame(long count) throws IOException {
    if (count < 0 || count > length - position) {
      throw new PickleException("the pickle ends in the middle");
    }
  }

  private byte[] take(long count) throws IOException {
    if (count > length - position) {
      throw new PickleException(
          "%d bytes are announced where %d are left".formatted(count, length - position));
    }
    byte[] taken = in.readNBytes((int) count);
    if (taken.length < count) {
      throw new PickleException("the pickle ends in the middle");
    }
    position += count;
    return taken;
  }
}

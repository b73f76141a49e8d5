package io.tubelet.pickle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layout before PyTorch 1.6: five pickles (a magic number, a version, the writer's machine, the
 * object, the keys of its storages), then for each key a count and the numbers.
 */
final class LegacyFormat {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private LegacyFormat() {}

  /** Whether a file that begins so is a pickle of protocol 2 to 5. */
  static boolean beginsWith(byte[] start) {
    return (start[0] & 0xff) == Opcode.PROTO && start[1] >= 2 && start[1] <= 5;
  }

  static Content read(FileChannel channel, PickleLimits limits) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
    long size = channel.size();
    Pickle magic = PickleReader.read(in, size, "magic number", limits);
    long at = magic.length();
    Pickle version = PickleReader.read(in, size - at, "format version", limits);
    at += version.length();
    Pickle machine = PickleReader.read(in, size - at, "writer's machine", limits);
    at += machine.length();
    if (!MAGIC.equals(magic.value()) || !Long.valueOf(VERSION).equals(version.value())) {
      throw new PickleException("is not of PyTorch's older format, version " + VERSION);
    }
    if (!(machine.value() instanceof Map<?, ?> about)
        || !Boolean.TRUE.equals(about.get("little_endian"))) {
      throw new PickleException("was not written on a little-endian machine");
    }
    Pickle object = PickleReader.read(in, size - at, "object", limits);
    at += object.length();
    Pickle keys = PickleReader.read(in, size - at, "storage keys", limits);
    at += keys.length();
    if (!(keys.value() instanceof List<?> list)) {
      throw new PickleException("its storage keys are " + Arguments.kind(keys.value()));
    }
    return new Content(object, storages(channel, at, list, object.storages()));
  }

  private static Map<String, Extent> storages(
      FileChannel channel, long from, List<?> keys, Map<String, StorageReference> references)
      throws IOException {
    Map<String, Extent> storages = new HashMap<>();
    long at = from;
    for (Object key : keys) {
      StorageReference reference = key instanceof String ? references.get(key) : null;
      if (reference == null || storages.containsKey(reference.key())) {
        throw new PickleException("lists a storage that no tensor uses, or one twice");
      }
      long count = count(channel, at, reference);
      at += Long.BYTES;
      if (count != reference.elements() || reference.bytes() > channel.size() - at) {
        throw new PickleException(
            "storage '%s' should have %d elements; the file says %d and has %d bytes left"
                .formatted(reference.key(), reference.elements(), count, channel.size() - at));
      }
      storages.put(reference.key(), new Extent(at, reference.bytes()));
      at += reference.bytes();
    }
    return storages;
  }

  private static long count(FileChannel channel, long at, StorageReference reference)
      throws IOException {
    ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (count.hasRemaining()) {
      if (channel.read(count, at + count.position()) < 0) {
        throw new PickleException("ends before storage '%s'".formatted(reference.key()));
      }
    }
    return count.getLong(0);
  }
}

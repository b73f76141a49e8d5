package io.tubelet.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small files of both layouts, made of any pickle and any storages. */
final class ForgedFiles {
  private ForgedFiles() {}

  /** {@code {"model": {"w": [2, 2] of storage 0 of 4 floats, "b": [3] of storage 1}}}. */
  static PickleBuilder model() {
    return new PickleBuilder()
        .op(Opcode.EMPTY_DICT)
        .text("model")
        .op(Opcode.EMPTY_DICT, Opcode.MARK)
        .text("w")
        .tensor("0", 4, 0, new long[] {2, 2}, new long[] {2, 1})
        .text("b")
        .tensor("1", 3, 0, new long[] {3}, new long[] {1})
        .op(Opcode.SETITEMS, Opcode.SETITEM);
  }

  /** What belongs to {@link #model}, by entry name below the root folder. */
  static Map<String, byte[]> storages() {
    Map<String, byte[]> storages = new LinkedHashMap<>();
    storages.put("data/0", new byte[16]);
    storages.put("data/1", new byte[12]);
    return storages;
  }

  static Path zip(Path file, byte[] pickle, Map<String, byte[]> entries) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      StoredZipWriter zip = new StoredZipWriter(channel);
      zip.add("a/data.pkl", pickle);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.add("a/" + entry.getKey(), entry.getValue());
      }
      zip.finish();
    }
    return file;
  }

  /** The older layout, its storages as they are given. */
  static byte[] legacy(byte[] pickle, byte[] keys, byte[] storages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        new PickleBuilder()
            .op(Opcode.LONG1, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
            .stop());
    out.writeBytes(new PickleBuilder().op(Opcode.BININT2, 0xe9, 3).stop());
    out.writeBytes(
        new PickleBuilder()
            .op(Opcode.EMPTY_DICT)
            .text("little_endian")
            .op(Opcode.NEWTRUE, Opcode.SETITEM)
            .stop());
    out.writeBytes(pickle);
    out.writeBytes(keys);
    out.writeBytes(storages);
    return out.toByteArray();
  }

  /** {@link #model} in the older layout. */
  static byte[] legacyModel() {
    return legacy(model().stop(), keys("0", "1"), legacyStorages(4, 3));
  }

  static byte[] keys(String... keys) {
    PickleBuilder builder = new PickleBuilder().op(Opcode.EMPTY_LIST, Opcode.MARK);
    for (String key : keys) {
      builder.text(key);
    }
    return builder.op(Opcode.APPENDS).stop();
  }

  /** A count and as many floats for each. */
  static byte[] legacyStorages(int... counts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int count : counts) {
      out.write(count);
      out.writeBytes(new byte[7 + count * 4]);
    }
    return out.toByteArray();
  }

  /** Where {@code text} begins in {@code bytes} the {@code nth} time, counted from 1. */
  static int find(byte[] bytes, String text, int nth) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = -1;
    for (int i = 0; i < nth; i++) {
      at = all.indexOf(text, at + 1);
    }
    if (at < 0) {
      throw new IllegalArgumentException("no " + text);
    }
    return at;
  }
}

package io.tubelet.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The index of a zip file whose entries are stored as they are, with the sizes of zip64 (APPNOTE
 * 6.3, sections 4.3 and 4.5.3). Compressed entries are refused: PyTorch writes none, and a bomb
 * needs one.
 */
final class StoredZip {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int ENCRYPTED = 1;
  private static final int MAX_DIRECTORY_BYTES = 1 << 26;
  private static final int PIECE = 1 << 20;
  private static final long IN_ZIP64 = 0xffff_ffffL;

  /**
   * @param header where its local header begins
   * @param data its bytes
   * @param crc of the bytes; zero when the writer left it out
   */
  private record Entry(String name, long header, Extent data, long crc) {}

  /** Where the central directory lies and what it should hold. */
  private record Directory(long offset, long bytes, long entries) {}

  private final FileChannel channel;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private StoredZip(FileChannel channel) {
    this.channel = channel;
  }

  /** Reads and checks the index; no entry is read. */
  static StoredZip open(FileChannel channel) throws IOException {
    StoredZip zip = new StoredZip(channel);
    Directory directory = directory(channel);
    zip.index(directory);
    zip.requireApart(directory.offset());
    return zip;
  }

  Iterable<String> names() {
    return entries.keySet();
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Where an entry's bytes lie. */
  Extent extent(String name) throws PickleException {
    return entry(name).data();
  }

  private Entry entry(String name) throws PickleException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new PickleException("has no entry '%s'".formatted(name));
    }
    return entry;
  }

  /** A small entry, checked against its checksum where there is one. */
  byte[] bytes(String name, int most) throws IOException {
    Extent extent = extent(name);
    if (extent.bytes() > most) {
      throw new PickleException(
          "entry '%s' has %d bytes; at most %d are read".formatted(name, extent.bytes(), most));
    }
    byte[] bytes = read(channel, extent.offset(), (int) extent.bytes()).array();
    CRC32 crc = new CRC32();
    crc.update(bytes);
    requireSame(entry(name), crc);
    return bytes;
  }

  /** Reads every entry and compares it with its checksum, where there is one. */
  void verify() throws IOException {
    for (Entry entry : entries.values()) {
      CRC32 crc = new CRC32();
      long end = entry.data().offset() + entry.data().bytes();
      for (long at = entry.data().offset(); at < end; at += PIECE) {
        crc.update(read(channel, at, (int) Math.min(PIECE, end - at)));
      }
      requireSame(entry, crc);
    }
  }

  private static void requireSame(Entry entry, CRC32 crc) throws PickleException {
    if (entry.crc() != 0 && crc.getValue() != entry.crc()) {
      throw new PickleException(
          "entry '%s' is damaged: its checksum is %08x, should be %08x"
              .formatted(entry.name(), crc.getValue(), entry.crc()));
    }
  }

  private static Directory directory(FileChannel channel) throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_BYTES + MAX_COMMENT);
    ByteBuffer end = read(channel, size - tail, tail);
    int at = tail - END_BYTES;
    while (at >= 0 && (end.getInt(at) != END || u2(end, at + 20) != tail - END_BYTES - at)) {
      at--;
    }
    if (at < 0) {
      throw new PickleException("is cut short: the zip's directory at its end is missing");
    }
    long endOffset = size - tail + at;
    Directory directory = new Directory(u4(end, at + 16), u4(end, at + 12), u2(end, at + 10));
    boolean oneDisk = u2(end, at + 4) == u2(end, at + 6) && u2(end, at + 8) == u2(end, at + 10);
    if (endOffset >= LOCATOR_BYTES) {
      ByteBuffer locator = read(channel, endOffset - LOCATOR_BYTES, LOCATOR_BYTES);
      if (locator.getInt(0) == LOCATOR) {
        long offset64 = locator.getLong(8);
        requireInside("zip64 end", offset64, END64_BYTES, endOffset - LOCATOR_BYTES);
        ByteBuffer end64 = read(channel, offset64, END64_BYTES);
        if (end64.getInt(0) != END64) {
          throw new PickleException("has a damaged zip64 end record");
        }
        directory = new Directory(end64.getLong(48), end64.getLong(40), end64.getLong(32));
        endOffset = offset64;
      }
    }
    requireInside("the directory", directory.offset(), directory.bytes(), endOffset);
    if (!oneDisk || directory.bytes() > MAX_DIRECTORY_BYTES) {
      throw new PickleException(
          "has a directory of %d bytes, or one split over several files"
              .formatted(directory.bytes()));
    }
    return directory;
  }

  private void index(Directory directory) throws IOException {
    ByteBuffer central = read(channel, directory.offset(), (int) directory.bytes());
    for (long i = 0; i < directory.entries(); i++) {
      if (central.remaining() < CENTRAL_BYTES || central.getInt(central.position()) != CENTRAL) {
        throw new PickleException(
            "announces %d entries, its directory has %d".formatted(directory.entries(), i));
      }
      Entry entry = entry(central, directory.offset());
      if (entries.put(entry.name(), entry) != null) {
        throw new PickleException("has two entries called '%s'".formatted(entry.name()));
      }
    }
  }

  /** One record of the directory, and the local header it points at. */
  private Entry entry(ByteBuffer central, long end) throws IOException {
    ByteBuffer record = central.slice().order(ByteOrder.LITTLE_ENDIAN);
    int nameBytes = u2(record, 28);
    int extraBytes = u2(record, 30);
    int all = CENTRAL_BYTES + nameBytes + extraBytes + u2(record, 32);
    if (all > record.remaining()) {
      throw new PickleException("has a damaged directory");
    }
    central.position(central.position() + all);
    String name = text(record, CENTRAL_BYTES, nameBytes);
    if ((u2(record, 8) & ENCRYPTED) != 0 || u2(record, 10) != 0) {
      throw new PickleException(
          "entry '%s' is compressed or encrypted; PyTorch stores entries as they are"
              .formatted(name));
    }
    long compressed = u4(record, 20);
    long size = u4(record, 24);
    long header = u4(record, 42);
    ByteBuffer wide = zip64(record, CENTRAL_BYTES + nameBytes, extraBytes);
    size = size == IN_ZIP64 ? next(wide, name) : size;
    compressed = compressed == IN_ZIP64 ? next(wide, name) : compressed;
    header = header == IN_ZIP64 ? next(wide, name) : header;
    if (compressed != size) {
      throw new PickleException(
          "entry '%s' holds %d bytes as %d".formatted(name, size, compressed));
    }
    requireInside("the header of '" + name + "'", header, LOCAL_BYTES + nameBytes, end);
    ByteBuffer local = read(channel, header, LOCAL_BYTES + nameBytes);
    if (local.getInt(0) != LOCAL
        || u2(local, 8) != 0
        || u2(local, 26) != nameBytes
        || !text(local, LOCAL_BYTES, nameBytes).equals(name)) {
      throw new PickleException("entry '%s' has a damaged header".formatted(name));
    }
    long data = header + LOCAL_BYTES + nameBytes + u2(local, 28);
    requireInside("entry '" + name + "'", data, size, end);
    return new Entry(name, header, new Extent(data, size), u4(record, 16));
  }

  /** The extra field with 64-bit sizes; empty where there is none. */
  private static ByteBuffer zip64(ByteBuffer record, int from, int bytes) {
    int at = from;
    while (at + 4 <= from + bytes) {
      int length = u2(record, at + 2);
      if (u2(record, at) == 1 && at + 4 + length <= from + bytes) {
        return record.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
      }
      at += 4 + length;
    }
    return ByteBuffer.allocate(0);
  }

  private static long next(ByteBuffer wide, String name) throws PickleException {
    if (wide.remaining() < Long.BYTES) {
      throw new PickleException("entry '%s' lacks its 64-bit size or offset".formatted(name));
    }
    return wide.getLong();
  }

  /** No byte may belong to two entries. */
  private void requireApart(long end) throws PickleException {
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::header));
    for (int i = 1; i < inOrder.size(); i++) {
      Extent before = inOrder.get(i - 1).data();
      if (before.offset() + before.bytes() > inOrder.get(i).header()) {
        throw new PickleException(
            "entries '%s' and '%s' overlap"
                .formatted(inOrder.get(i - 1).name(), inOrder.get(i).name()));
      }
    }
  }

  private static void requireInside(String what, long offset, long bytes, long end)
      throws PickleException {
    if (offset < 0 || bytes < 0 || offset > end || bytes > end - offset) {
      throw new PickleException(
          "%s, %d bytes from %d, leaves the %d bytes there are for it"
              .formatted(what, bytes, offset, end));
    }
  }

  private static ByteBuffer read(FileChannel channel, long offset, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static String text(ByteBuffer buffer, int from, int bytes) {
    byte[] text = new byte[bytes];
    buffer.get(from, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int u2(ByteBuffer buffer, int at) {
    return buffer.getShort(at) & 0xffff;
  }

  private static long u4(ByteBuffer buffer, int at) {
    return buffer.getInt(at) & 0xffff_ffffL;
  }
}

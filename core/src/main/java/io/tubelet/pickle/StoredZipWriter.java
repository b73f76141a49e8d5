package io.tubelet.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a zip of stored entries, each entry's bytes beginning at a multiple of {@value #ALIGNMENT}
 * so that a reader may map them; with zip64 fields only where 32 bits do not suffice.
 */
final class StoredZipWriter {
  static final int ALIGNMENT = 64;

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final short VERSION_64 = 45;
  private static final short UTF8_NAMES = 0x0800;

  /** 1980-01-01, the first day a zip can name: files do not differ by when they were written. */
  private static final short NO_DATE = (1 << 5) | 1;

  private static final short ZIP64_FIELD = 1;

  /** The extra field that pads, by the name PyTorch gives it ("FB"). */
  private static final short PADDING_FIELD = 0x4246;

  private static final long IN_ZIP64 = 0xffff_ffffL;
  private static final int ENTRIES_IN_ZIP64 = 0xffff;

  private record Entry(byte[] name, long header, long bytes, long crc) {
    boolean wide() {
      return bytes >= IN_ZIP64 || header >= IN_ZIP64;
    }
  }

  /** Gives an entry's bytes piece by piece. */
  interface Source {
    void writeTo(Sink sink) throws IOException;
  }

  /** Takes the next bytes. */
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  private final FileChannel channel;
  private final List<Entry> entries = new ArrayList<>();

  /** Writes from the channel's position, which must be 0. */
  StoredZipWriter(FileChannel channel) {
    this.channel = channel;
  }

  void add(String name, byte[] bytes) throws IOException {
    add(name, bytes.length, sink -> sink.write(ByteBuffer.wrap(bytes)));
  }

  /** Adds an entry of exactly {@code bytes} bytes. */
  void add(String name, long bytes, Source source) throws IOException {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    long header = channel.position();
    int extra = extraBytes(header + LOCAL_BYTES + utf8.length, bytes);
    long data = header + LOCAL_BYTES + utf8.length + extra;
    CRC32 crc = new CRC32();
    channel.position(data);
    source.writeTo(
        piece -> {
          crc.update(piece.duplicate());
          writeAll(piece);
        });
    long end = channel.position();
    if (end - data != bytes) {
      throw new IllegalStateException(
          "entry '%s' was to have %d bytes, got %d".formatted(name, bytes, end - data));
    }
    Entry entry = new Entry(utf8, header, bytes, crc.getValue());
    channel.position(header);
    writeAll(local(entry, extra));
    channel.position(end);
    entries.add(entry);
  }

  /**
   * Room for the wide sizes if needed, and for what aligns the data; a field has 4 bytes or more.
   */
  private static int extraBytes(long afterName, long bytes) {
    int least = 4 + (bytes >= IN_ZIP64 ? 4 + 2 * Long.BYTES : 0);
    return least + (int) Math.floorMod(-(afterName + least), (long) ALIGNMENT);
  }

  private static ByteBuffer local(Entry entry, int extra) {
    boolean wide = entry.bytes() >= IN_ZIP64;
    int size = (int) (wide ? IN_ZIP64 : entry.bytes());
    ByteBuffer b = little(LOCAL_BYTES + entry.name().length + extra);
    b.putInt(LOCAL).putShort(VERSION_64).putShort(UTF8_NAMES).putShort((short) 0);
    b.putShort((short) 0).putShort(NO_DATE).putInt((int) entry.crc()).putInt(size).putInt(size);
    b.putShort((short) entry.name().length).putShort((short) extra).put(entry.name());
    if (wide) {
      b.putShort(ZIP64_FIELD).putShort((short) (2 * Long.BYTES));
      b.putLong(entry.bytes()).putLong(entry.bytes());
    }
    b.putShort(PADDING_FIELD).putShort((short) (b.remaining() - 2));
    return b.position(b.limit()).flip();
  }

  /** Writes the directory. */
  void finish() throws IOException {
    long start = channel.position();
    for (Entry entry : entries) {
      writeAll(central(entry));
    }
    long bytes = channel.position() - start;
    boolean wide = start >= IN_ZIP64 || bytes >= IN_ZIP64 || entries.size() >= ENTRIES_IN_ZIP64;
    if (wide) {
      writeAll(end64(start, bytes));
    }
    int count = Math.min(entries.size(), ENTRIES_IN_ZIP64);
    ByteBuffer b = little(22).putInt(END).putInt(0).putShort((short) count).putShort((short) count);
    b.putInt((int) (wide ? IN_ZIP64 : bytes)).putInt((int) (wide ? IN_ZIP64 : start));
    writeAll(b.putShort((short) 0).flip());
  }

  private static ByteBuffer central(Entry entry) {
    int extra = entry.wide() ? 4 + 3 * Long.BYTES : 0;
    int size = (int) (entry.wide() ? IN_ZIP64 : entry.bytes());
    ByteBuffer b = little(46 + entry.name().length + extra);
    b.putInt(CENTRAL).putShort(VERSION_64).putShort(VERSION_64).putShort(UTF8_NAMES);
    b.putShort((short) 0).putShort((short) 0).putShort(NO_DATE).putInt((int) entry.crc());
    b.putInt(size).putInt(size).putShort((short) entry.name().length).putShort((short) extra);
    b.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    b.putInt((int) (entry.wide() ? IN_ZIP64 : entry.header())).put(entry.name());
    if (entry.wide()) {
      b.putShort(ZIP64_FIELD).putShort((short) (3 * Long.BYTES));
      b.putLong(entry.bytes()).putLong(entry.bytes()).putLong(entry.header());
    }
    return b.flip();
  }

  private ByteBuffer end64(long start, long bytes) throws IOException {
    long here = channel.position();
    ByteBuffer b = little(56 + 20);
    b.putInt(END64).putLong(44).putShort(VERSION_64).putShort(VERSION_64).putInt(0).putInt(0);
    b.putLong(entries.size()).putLong(entries.size()).putLong(bytes).putLong(start);
    return b.putInt(LOCATOR64).putInt(0).putLong(here).putInt(1).flip();
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

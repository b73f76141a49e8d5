package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_version;
import static org.bytedeco.ffmpeg.global.avformat.avformat_version;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A survey as bytes: what it is of, what it says, and a check sum over both.
 *
 * <p>Big-endian; time stamps as differences to the one before, in groups of seven bits: some three
 * bytes a packet.
 */
final class SurveyFormat {
  /** No survey is longer. */
  static final long MOST_BYTES = 12L * StoredPackets.MOST;

  private static final String NAME = "tubelet survey 2";
  private static final byte COUNT = 0;
  private static final byte PACKETS = 1;
  private static final int SUM_BYTES = 4;

  private SurveyFormat() {}

  static byte[] bytes(Survey survey, FileStamp stamp, StreamChoice stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.write(header(stamp, stream));
      if (survey instanceof FrameIndex index) {
        out.writeByte(PACKETS);
        write(index.stream(), out);
        write(index.stored(), out);
      } else if (survey instanceof FrameCount count) {
        out.writeByte(COUNT);
        out.writeInt(count.frames());
        out.writeInt(count.height());
        out.writeInt(count.width());
        write(count.points(), out);
      }
      out.writeInt(sum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot refuse to be written", e);
    }
    return bytes.toByteArray();
  }

  /** The survey of exactly this file and stream; empty where the bytes are not that. */
  static Optional<Survey> read(byte[] bytes, FileStamp stamp, StreamChoice stream) {
    byte[] header = header(stamp, stream);
    int body = bytes.length - SUM_BYTES;
    if (body <= header.length
        || !Arrays.equals(bytes, 0, header.length, header, 0, header.length)
        || ByteBuffer.wrap(bytes).getInt(body) != sum(bytes, body)) {
      return Optional.empty();
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, header.length, body - header.length);
      Survey survey = in.get() == COUNT ? count(in) : index(in);
      return in.hasRemaining() ? Optional.empty() : Optional.ofNullable(survey);
    } catch (BufferUnderflowException | VideoException foreign) {
      return Optional.empty();
    }
  }

  private static byte[] header(FileStamp stamp, StreamChoice stream) {
    return "%s ffmpeg %d %d file %d %d %s stream %s\n"
        .formatted(
            NAME,
            avformat_version(),
            avcodec_version(),
            stamp.bytes(),
            stamp.modified(),
            stamp.head(),
            stream)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static int sum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static void write(List<SeekPoint> points, DataOutputStream out) throws IOException {
    out.writeInt(points.size());
    for (SeekPoint point : points) {
      out.writeInt(point.frame());
      out.writeLong(point.time());
      out.writeLong(point.position());
    }
  }

  private static void write(StreamFacts stream, DataOutputStream out) throws IOException {
    out.writeInt(stream.number());
    out.writeInt(stream.delay());
    out.writeDouble(stream.fps());
  }

  private static void write(StoredPackets packets, DataOutputStream out) throws IOException {
    out.writeInt(packets.count());
    long before = 0;
    for (int p = 0; p < packets.count(); p++) {
      out.writeByte((packets.isKey(p) ? 1 : 0) | (packets.isShown(p) ? 2 : 0));
      long step = packets.pts(p) - before;
      long rest = (step << 1) ^ (step >> 63); // small whatever its sign
      while ((rest & ~0x7fL) != 0) {
        out.writeByte((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.writeByte((int) rest);
      before = packets.pts(p);
    }
  }

  private static FrameCount count(ByteBuffer in) {
    int frames = in.getInt();
    int height = in.getInt();
    int width = in.getInt();
    List<SeekPoint> points = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      points.add(new SeekPoint(in.getInt(), in.getLong(), in.getLong()));
    }
    return new FrameCount(frames, height, width, points);
  }

  private static @Nullable Survey index(ByteBuffer in) throws VideoException {
    StreamFacts stream = new StreamFacts(in.getInt(), in.getInt(), in.getDouble());
    StoredPackets packets = new StoredPackets();
    long before = 0;
    for (int left = in.getInt(); left > 0; left--) {
      int flags = in.get();
      long rest = 0;
      int shift = 0;
      byte group = in.get();
      while (group < 0) {
        rest |= (group & 0x7fL) << shift;
        shift += 7;
        group = in.get();
      }
      rest |= (long) group << shift;
      before += (rest >>> 1) ^ -(rest & 1);
      packets.add(before, (flags & 1) != 0, (flags & 2) != 0, Path.of("cache"));
    }
    return packets.count() == 0 ? null : FrameIndex.of(packets, stream);
  }
}

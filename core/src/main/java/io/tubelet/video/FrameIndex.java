package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_INTRA_ONLY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_PROGRESSIVE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_FIELD_UNKNOWN;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Which packet becomes which frame, read without decoding anything.
 *
 * <p>Time stamps are in the stream's own unit. Packets are numbered as stored, frames as shown; a
 * packet that the container marks as outside its edit list is decoded but has no frame.
 *
 * @implNote Only what is known to hold exactly one shown frame a packet is indexed: MP4 and
 *     Matroska with H.264, HEVC, VP9, AV1 or an intra-only codec, progressive, every packet whole
 *     and stamped, starting with a key frame. {@link SequentialFrames} serves the rest.
 */
final class FrameIndex implements Survey {
  private final StoredPackets stored;
  private final StreamFacts stream;
  private final long[] pts; // of all packets, ascending
  private final int[] packet; // which stored packet has pts[i]
  private final int[] frame; // the frame of pts[i], -1 where none is shown
  private final int[] place; // where in pts frame n stands
  private final long[] keyPts; // of key packets, ascending both as stored and as shown
  private final int[] keyPacket;

  private FrameIndex(StoredPackets stored, StreamFacts stream, long[] sortedPts) {
    this.stored = stored;
    this.stream = stream;
    pts = sortedPts;
    packet = new int[pts.length];
    for (int p = 0; p < pts.length; p++) {
      packet[Arrays.binarySearch(pts, stored.pts(p))] = p;
    }
    frame = new int[pts.length];
    int frames = 0;
    for (int i = 0; i < pts.length; i++) {
      frame[i] = stored.isShown(packet[i]) ? frames++ : -1;
    }
    place = new int[frames];
    for (int i = 0; i < pts.length; i++) {
      if (frame[i] >= 0) {
        place[frame[i]] = i;
      }
    }
    keyPacket = IntStream.range(0, pts.length).filter(stored::isKey).toArray();
    keyPts = IntStream.of(keyPacket).mapToLong(stored::pts).toArray();
  }

  /** Reads all packets up to the end; null where the packets cannot be trusted to be the frames. */
  static @Nullable FrameIndex read(Demuxer demuxer) throws VideoException {
    if (!onePacketIsOneFrame(demuxer)) {
      return null;
    }
    NalUnits units = NalUnits.of(demuxer.parameters());
    StoredPackets stored = new StoredPackets();
    for (AVPacket p = demuxer.next(); p != null; p = demuxer.next()) {
      int flags = p.flags();
      boolean whole = p.size() > 0 && (flags & AV_PKT_FLAG_CORRUPT) == 0 && units.lookWhole(p);
      if (!whole || p.pts() == AV_NOPTS_VALUE) {
        return null;
      }
      boolean key = (flags & AV_PKT_FLAG_KEY) != 0;
      boolean shown = (flags & AV_PKT_FLAG_DISCARD) == 0;
      stored.add(p.pts(), key, shown, demuxer.file());
    }
    return demuxer.endedByError() ? null : of(stored, demuxer.facts());
  }

  /** The index of these packets; null where they cannot be the frames. */
  static @Nullable FrameIndex of(StoredPackets stored, StreamFacts stream) {
    long[] sorted = stored.sortedPts();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return null;
      }
    }
    FrameIndex index = new FrameIndex(stored, stream, sorted);
    return index.isConsistent() ? index : null;
  }

  private static boolean onePacketIsOneFrame(Demuxer demuxer) {
    if (!demuxer.isMp4() && !demuxer.isMatroska()) {
      return false;
    }
    AVCodecParameters parameters = demuxer.parameters();
    if (parameters.width() == 0 || parameters.height() == 0) {
      return false; // only a decoded picture tells its size
    }
    int fields = parameters.field_order();
    if (fields != AV_FIELD_PROGRESSIVE && fields != AV_FIELD_UNKNOWN) {
      return false; // two packets may make one frame
    }
    int codec = parameters.codec_id();
    if (codec == AV_CODEC_ID_H264
        || codec == AV_CODEC_ID_HEVC
        || codec == AV_CODEC_ID_VP9
        || codec == AV_CODEC_ID_AV1) {
      return true;
    }
    AVCodecDescriptor descriptor = avcodec_descriptor_get(codec);
    return descriptor != null && (descriptor.props() & AV_CODEC_PROP_INTRA_ONLY) != 0;
  }

  private boolean isConsistent() {
    for (int k = 1; k < keyPts.length; k++) {
      if (keyPts[k] < keyPts[k - 1]) {
        return false;
      }
    }
    // Pictures shown before the first key frame lean on what is not there; decoders drop some.
    return place.length > 0 && stored.isKey(0) && stored.pts(0) <= pts[place[0]];
  }

  /** What the index was made of. */
  StoredPackets stored() {
    return stored;
  }

  /** What was found out about the stream before its packets were read. */
  StreamFacts stream() {
    return stream;
  }

  int frames() {
    return place.length;
  }

  /** The frame shown at {@code time}, -1 where none is. */
  int frameAt(long time) {
    int at = Arrays.binarySearch(pts, time);
    return at < 0 ? -1 : frame[at];
  }

  /** The stored number of the packet shown at {@code time}, -1 where none is. */
  int packetAt(long time) {
    int at = Arrays.binarySearch(pts, time);
    return at < 0 ? -1 : packet[at];
  }

  int packetOf(int frame) {
    return packet[place[frame]];
  }

  /** The last key frame from which {@code frame} can be decoded. */
  int keyBefore(int frame) {
    int at = Arrays.binarySearch(keyPts, pts[place[frame]]);
    return at >= 0 ? at : -at - 2;
  }

  long keyPts(int key) {
    return keyPts[key];
  }

  int keyPacket(int key) {
    return keyPacket[key];
  }
}

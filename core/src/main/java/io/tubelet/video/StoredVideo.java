package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * How a video is stored, told by its packets: all of them are read, none is decoded.
 *
 * @param container FFmpeg's short name of it, such as {@code mov} for MP4; {@code folder} of
 *     pictures
 * @param codec FFmpeg's short name, such as {@code h264}
 * @param height of a frame after rotation; 0 where only a decoded frame would tell
 * @param width of a frame after rotation; 0 likewise
 * @param fps mean frames per second; 0 where the file does not say
 * @param packets that are shown; as many as frames in nearly all files
 * @param seconds from the first frame's beginning to the last one's end; 0 where unknown
 * @param keyFrames frames where decoding can begin
 * @param longestGop packets from one key frame to the next, at most: what a random access decodes
 *     in the worst case
 * @param bytes of the video stream alone
 * @param cut whether the file ends before all that it announces: an MP4 lists packets that are not
 *     there or only in part, or reading failed before the end
 */
public record StoredVideo(
    String container,
    String codec,
    int height,
    int width,
    double fps,
    int packets,
    double seconds,
    int keyFrames,
    int longestGop,
    long bytes,
    boolean cut) {

  /**
   * Reads all packets of {@code path}.
   *
   * @throws VideoException when it is no video, or has no packets
   */
  public static StoredVideo of(Path path) throws VideoException {
    VideoLocation.of(path);
    if (Files.isDirectory(path)) {
      return ofFolder(path);
    }
    try (VideoFile file = VideoFile.of(path, OpenOptions.DEFAULT);
        Demuxer demuxer = new Demuxer(file)) {
      Tally tally = new Tally();
      for (AVPacket packet = demuxer.next(); packet != null; packet = demuxer.next()) {
        tally.add(packet);
      }
      if (tally.shown == 0) {
        throw new VideoException(path, "holds no packet of video");
      }
      int height = demuxer.parameters().height();
      int width = demuxer.parameters().width();
      CodedVideo coded = demuxer.describe(height, width);
      boolean sideways = coded.orientation().transposed();
      String container = demuxer.container();
      return new StoredVideo(
          container.substring(0, (container + ",").indexOf(',')),
          coded.codec(),
          sideways ? width : height,
          sideways ? height : width,
          coded.fps(),
          tally.shown,
          tally.seconds(demuxer.stream().time_base(), coded.fps()),
          tally.keys,
          Math.max(tally.longestGop, tally.gop),
          tally.bytes,
          isCut(demuxer, tally));
    }
  }

  /** Each picture is a key frame. */
  private static StoredVideo ofFolder(Path folder) throws VideoException {
    List<Path> pictures = PictureSeries.of(folder).files();
    long bytes = 0;
    for (Path picture : pictures) {
      try {
        bytes += Files.size(picture);
      } catch (IOException unreadable) {
        throw new VideoException(folder, "cannot be read: " + unreadable.getMessage());
      }
    }
    try (VideoReader reader = Videos.open(folder, DecodeOptions.NATIVE)) {
      VideoInfo info = reader.info();
      int frames = info.frames();
      double seconds = info.fps() > 0 ? frames / info.fps() : 0;
      return new StoredVideo(
          "folder",
          info.codec(),
          info.height(),
          info.width(),
          info.fps(),
          frames,
          seconds,
          frames,
          1,
          bytes,
          false);
    }
  }

  /** Other containers than MP4 announce no count, or one that is often wrong. */
  private static boolean isCut(Demuxer demuxer, Tally tally) {
    boolean lacks = tally.partial > 0 || tally.packets < demuxer.stream().nb_frames();
    return demuxer.endedByError() || (demuxer.isMp4() && lacks);
  }

  /** What is counted on the way. */
  private static final class Tally {
    private int packets;
    private int partial;
    private int shown;
    private int keys;
    private int gop;
    private int longestGop;
    private long bytes;
    private long firstPts = Long.MAX_VALUE;
    private long lastPts = Long.MIN_VALUE;

    void add(AVPacket packet) {
      packets++;
      partial += (packet.flags() & AV_PKT_FLAG_CORRUPT) == 0 ? 0 : 1;
      bytes += packet.size();
      if ((packet.flags() & AV_PKT_FLAG_KEY) != 0) {
        keys++;
        longestGop = Math.max(longestGop, gop);
        gop = 0;
      }
      gop++;
      if ((packet.flags() & AV_PKT_FLAG_DISCARD) == 0) {
        shown++;
        if (packet.pts() != AV_NOPTS_VALUE) {
          firstPts = Math.min(firstPts, packet.pts());
          lastPts = Math.max(lastPts, packet.pts());
        }
      }
    }

    /** By the time stamps, the last frame as long as the mean; by the rate where there are none. */
    double seconds(AVRational tick, double fps) {
      if (lastPts > firstPts && tick.den() > 0) {
        double span = (double) (lastPts - firstPts) * tick.num() / tick.den();
        return shown > 1 ? span * shown / (shown - 1) : span;
      }
      return fps > 0 ? shown / fps : 0;
    }
  }
}

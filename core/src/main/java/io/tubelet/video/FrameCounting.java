package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.tubelet.video.Decoder.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a file from end to end: how many frames it has, and from which of its key packets they
 * can be decoded just the same.
 *
 * <p>What a container calls a key packet need not be one from which decoding is exact, nor need a
 * seek lead to it. So each is tried: a second pass decodes the file in pieces, every piece from a
 * seek to its key packet, and only where all pictures up to the next piece are those of the first
 * pass is it kept.
 */
final class FrameCounting {
  /** Packets between two points, at least: nearer ones would spare little decoding. */
  private static final int SPACING = 8;

  private final VideoFile file;
  private final Demuxer demuxer;
  private final PictureDigest digest = new PictureDigest();
  private final Packets packets = new Packets();
  private int[] sums = new int[256];
  private int frames;
  private int height;
  private int width;

  private FrameCounting(VideoFile file, Demuxer demuxer) {
    this.file = file;
    this.demuxer = demuxer;
  }

  /** A key packet from which it might go. */
  private record Candidate(int packet, long time, long position) {}

  /** Numbers the packets and remembers the candidates. */
  private static final class Packets implements Choice {
    private final FrameRun.Numbered numbered = new FrameRun.Numbered();
    private final List<Candidate> candidates = new ArrayList<>();
    private int count;
    private int next = SPACING;

    @Override
    public boolean more() {
      return true;
    }

    @Override
    public boolean wanted(AVPacket packet) {
      long time = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
      boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
      if (key && count >= next && packet.pos() >= 0) {
        candidates.add(new Candidate(count, time, packet.pos()));
        next = count + SPACING;
      }
      count++;
      return numbered.wanted(packet);
    }
  }

  /** Counts alone. */
  static FrameCount count(VideoFile file) throws VideoException {
    try (Demuxer demuxer = new Demuxer(file);
        FrameRun run = FrameRun.fromStart(demuxer)) {
      int frames = 0;
      int height = 0;
      int width = 0;
      for (AVFrame f = run.next(); f != null; f = run.next()) {
        if (frames++ == 0) {
          height = f.height();
          width = f.width();
        }
      }
      return new FrameCount(frames, height, width, List.of());
    }
  }

  /** Counts and finds the points, the latter for half of the deadline at most. */
  static FrameCount withSeekPoints(VideoFile file) throws VideoException {
    try (Demuxer demuxer = new Demuxer(file)) {
      FrameCounting counting = new FrameCounting(file, demuxer);
      try (counting.digest) {
        List<SeekPoint> candidates = counting.firstPass();
        return new FrameCount(
            counting.frames, counting.height, counting.width, counting.tried(candidates));
      }
    }
  }

  /** Decodes everything; the candidates are those whose packets became frames. */
  private List<SeekPoint> firstPass() throws VideoException {
    List<SeekPoint> points = new ArrayList<>();
    try (Decoder decoder = new Decoder(demuxer)) {
      int candidate = 0;
      for (AVFrame f = decoder.next(packets); f != null; f = decoder.next(packets)) {
        if (frames == 0) {
          height = f.height();
          width = f.width();
        }
        if (frames == sums.length) {
          sums = Arrays.copyOf(sums, 2 * frames);
        }
        sums[frames] = digest.of(f);
        while (candidate < packets.candidates.size()
            && packets.candidates.get(candidate).packet() < f.pts()) {
          candidate++;
        }
        if (candidate < packets.candidates.size()
            && packets.candidates.get(candidate).packet() == f.pts()) {
          Candidate found = packets.candidates.get(candidate);
          points.add(new SeekPoint(frames, found.time(), found.position()));
        }
        frames++;
      }
    }
    return points;
  }

  private List<SeekPoint> tried(List<SeekPoint> candidates) throws VideoException {
    List<SeekPoint> sound = new ArrayList<>();
    for (int i = 0; i < candidates.size() && !file.deadline().isHalfPast(); i++) {
      int end = i + 1 < candidates.size() ? candidates.get(i + 1).frame() + 1 : frames;
      if (isSound(candidates.get(i), end)) {
        sound.add(candidates.get(i));
      }
    }
    return sound;
  }

  /** Whether decoding from the point gives all its frames below {@code end} as they are. */
  private boolean isSound(SeekPoint point, int end) throws VideoException {
    @Nullable FrameRun run = FrameRun.from(point, demuxer);
    if (run == null) {
      return false;
    }
    try (run) {
      for (int number = point.frame(); number < end; number++) {
        AVFrame frame = run.next();
        if (frame == null || digest.of(frame) != sums[number]) {
          return false;
        }
      }
      return true;
    }
  }
}

package io.tubelet.data;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.clip.MotionField;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps whole decoded videos in memory outside the heap; to the user of {@link #open} a video looks
 * the same whether it is kept or not.
 *
 * <p>Filled until full, nothing is ever put out: each pass reads every video once in a new order,
 * so the least recently used one is the one needed soonest, and keeping a fixed part saves exactly
 * that part of the decoding. A video that does not fit, or not all of whose frames can be decoded,
 * is read from its file each time. While one thread fills a video, others that want it wait.
 */
final class FrameCache implements VideoOpener {
  private static final Logger LOG = LoggerFactory.getLogger(FrameCache.class);

  private record Key(Path file, DecodeOptions options) {}

  /** Motions by number, where they are told. */
  private record Kept(VideoInfo info, ByteBuffer rgb, List<Optional<MotionField>> motions) {}

  private final VideoOpener opener;
  private final AtomicLong room;

  /** A finished future that holds null stands for a video that is not kept. */
  private final ConcurrentMap<Key, CompletableFuture<@Nullable Kept>> videos =
      new ConcurrentHashMap<>();

  FrameCache(VideoOpener opener, ByteSize capacity) {
    this.opener = opener;
    this.room = new AtomicLong(capacity.bytes());
  }

  @Override
  public VideoReader open(Path file, DecodeOptions options) throws VideoException {
    Key key = new Key(file, options);
    CompletableFuture<@Nullable Kept> mine = new CompletableFuture<>();
    CompletableFuture<@Nullable Kept> first = videos.putIfAbsent(key, mine);
    if (first == null) {
      try {
        mine.complete(fill(file, options));
      } finally {
        mine.complete(null); // no effect after success; wakes those who wait after a failure
      }
    }
    Kept kept = (first == null ? mine : first).join();
    return kept == null ? opener.open(file, options) : new KeptVideo(kept);
  }

  /** The whole video, or null when it is not to be kept. */
  private @Nullable Kept fill(Path file, DecodeOptions options) throws VideoException {
    try (VideoReader reader = opener.open(file, options)) {
      VideoInfo info = reader.info();
      long bytes = (long) info.frames() * frameBytes(info);
      ByteBuffer rgb = allocate(bytes);
      if (rgb == null) {
        return null;
      }
      try {
        copy(reader, info, rgb);
        return new Kept(info, rgb, options.motion() ? motions(reader, info) : List.of());
      } catch (VideoException e) {
        LOG.debug("read from its file each time: {}", e.getMessage());
        room.addAndGet(bytes);
        return null;
      }
    }
  }

  private @Nullable ByteBuffer allocate(long bytes) {
    if (bytes < 1 || bytes > Integer.MAX_VALUE) {
      return null;
    }
    if (room.getAndUpdate(r -> r >= bytes ? r - bytes : r) < bytes) {
      return null;
    }
    try {
      return ByteBuffer.allocateDirect((int) bytes);
    } catch (OutOfMemoryError e) {
      room.set(0);
      LOG.warn("data.cache cannot be filled: {}; raise -XX:MaxDirectMemorySize", e.getMessage());
      return null;
    }
  }

  private static void copy(VideoReader reader, VideoInfo info, ByteBuffer rgb)
      throws VideoException {
    int[] all = IntStream.range(0, info.frames()).toArray();
    reader.each(all, (number, frame) -> rgb.put(number * frameBytes(info), frame.rgb()));
  }

  private static List<Optional<MotionField>> motions(VideoReader reader, VideoInfo info)
      throws VideoException {
    List<Optional<MotionField>> motions = new ArrayList<>(info.frames());
    for (int number = 0; number < info.frames(); number++) {
      motions.add(reader.motion(number));
    }
    return motions;
  }

  private static int frameBytes(VideoInfo info) {
    return info.height() * info.width() * ClipShape.CHANNELS;
  }

  /** Reads from memory; the buffer is shared and only read. */
  private record KeptVideo(Kept kept) implements VideoReader {
    @Override
    public VideoInfo info() {
      return kept.info();
    }

    @Override
    public Frames frames(int... indices) {
      int size = frameBytes(info());
      byte[] rgb = new byte[Math.multiplyExact(indices.length, size)];
      for (int i = 0; i < indices.length; i++) {
        kept.rgb().get(indices[i] * size, rgb, i * size, size);
      }
      return new Frames(indices.length, info().height(), info().width(), rgb);
    }

    @Override
    public void each(int[] numbers, Sink sink) throws VideoException {
      int size = frameBytes(info());
      Frames one = new Frames(1, info().height(), info().width(), new byte[size]);
      for (int number : numbers) {
        kept.rgb().get(number * size, one.rgb());
        sink.accept(number, one);
      }
    }

    @Override
    public Optional<MotionField> motion(int number) {
      return kept.motions().get(number);
    }

    @Override
    public void close() {}
  }
}

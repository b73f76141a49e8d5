package io.tubelet.video;

import java.nio.file.Files;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A way to reach frames by number: by seeking where an index is sound, else by counting; in a
 * folder, by name.
 */
sealed interface FrameSource extends AutoCloseable
    permits IndexedFrames, SequentialFrames, FolderFrames {

  /** Takes a decoded frame, which is valid during the call only. */
  interface Sink {
    void accept(int number, AVFrame frame) throws VideoException;
  }

  /** Opens the fastest that is right for this file, surveyed now or known before. */
  static FrameSource open(VideoFile file) throws VideoException {
    if (Files.isDirectory(file.path())) {
      return new FolderFrames(file);
    }
    Optional<CachedSurvey> cache = CachedSurvey.of(file);
    Optional<Survey> known = cache.flatMap(CachedSurvey::read);
    if (known.isPresent()) {
      return known.get() instanceof FrameIndex index
          ? IndexedFrames.open(file, index)
          : new SequentialFrames(file, (FrameCount) known.get());
    }
    Optional<IndexedFrames> indexed = IndexedFrames.open(file);
    if (indexed.isPresent()) {
      cache.ifPresent(c -> c.write(indexed.get().index()));
      return indexed.get();
    }
    if (cache.isEmpty()) {
      return new SequentialFrames(file, FrameCounting.count(file));
    }
    FrameCount count = FrameCounting.withSeekPoints(file);
    cache.get().write(count);
    return new SequentialFrames(file, count);
  }

  CodedVideo coded();

  /** Frames of the whole video. */
  int frames();

  /**
   * Decodes the frames of these numbers, which ascend without repetition.
   *
   * @return how many of them were reached, in order; less than all where the file does not hold
   *     what it promised
   */
  int decode(int[] numbers, Sink sink) throws VideoException;

  @Override
  void close();
}

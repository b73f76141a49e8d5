package io.tubelet.curate;

import io.tubelet.shards.ByteRange;
import io.tubelet.video.StoredVideo;
import io.tubelet.video.VideoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the videos of a data set are stored, told without decoding them.
 *
 * @param listed videos that were to be looked at
 * @param videos those that could be read, in the order of the list
 * @param broken the others, with the reason
 */
public record DataStatistics(int listed, List<Facts> videos, Map<String, String> broken) {

  /**
   * One video.
   *
   * @param fileBytes of the whole file, sound and all
   */
  public record Facts(ListedVideo video, StoredVideo stored, long fileBytes) {}

  /** What came of a video: one of {@code facts} and {@code fault} is null. */
  private record Look(ListedVideo video, @Nullable Facts facts, @Nullable String fault) {}

  /** Looks at all {@code videos}. */
  public static DataStatistics of(List<ListedVideo> videos, InParallel parallel)
      throws IOException, InterruptedException {
    List<Facts> readable = new ArrayList<>();
    Map<String, String> broken = new TreeMap<>();
    for (Look look : parallel.map(videos, DataStatistics::look)) {
      if (look.facts() != null) {
        readable.add(look.facts());
      } else {
        broken.put(look.video().name(), String.valueOf(look.fault()));
      }
    }
    return new DataStatistics(videos.size(), readable, broken);
  }

  private static Look look(ListedVideo video) {
    if (video.file() == null) {
      return new Look(video, null, "no such file");
    }
    try {
      StoredVideo stored = StoredVideo.of(video.file());
      long bytes = ByteRange.of(video.file()).map(ByteRange::bytes).orElse(stored.bytes());
      return new Look(video, new Facts(video, stored, bytes), null);
    } catch (VideoException e) {
      return new Look(video, null, e.reason());
    } catch (IOException e) {
      return new Look(video, null, String.valueOf(e.getMessage()));
    }
  }
}

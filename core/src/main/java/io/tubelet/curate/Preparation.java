package io.tubelet.curate;

import io.tubelet.data.DataException;
import io.tubelet.data.Quarantine;
import io.tubelet.video.VideoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Videos made quick to train on: small, without sound, with a key frame every few frames.
 *
 * @param listed videos that were to be prepared
 * @param done videos of them that are finished or broken; fewer where it was stopped
 * @param kept finished by an earlier run
 * @param broken name and reason
 * @param list of all prepared videos, with their labels; null where it was stopped
 */
public record Preparation(
    int listed, int done, int kept, Map<String, String> broken, @Nullable Path list) {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  /** The list that a preparation leaves. */
  public static final String LIST = "prepared.csv";

  /** What came of a video. */
  private record Outcome(ListedVideo video, boolean kept, @Nullable String fault) {}

  /** The work on one video. */
  private record Work(
      PreparedFolder folder, Transcoding transcoding, Map<ListedVideo, String> targets) {
    Outcome prepare(ListedVideo video) {
      Path source = video.file();
      String target = targets.get(video);
      if (source == null || target == null) {
        return new Outcome(video, false, "no such file");
      }
      try {
        if (folder.isFinished(target, source)) {
          return new Outcome(video, true, null);
        }
        Path file = folder.file(target);
        Files.createDirectories(file.getParent());
        transcoding.write(source, file);
        folder.finish(target, source);
        return new Outcome(video, false, null);
      } catch (VideoException e) {
        folder.requireWritable(); // a full disk is not the video's fault
        return new Outcome(video, false, e.reason());
      } catch (UncheckedIOException e) {
        throw e;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        LOG.warn("{}: an unexpected failure", source, e);
        return new Outcome(video, false, "unexpected: " + e);
      }
    }
  }

  /**
   * Prepares {@code videos}; those that an earlier run with the same options has finished are kept.
   *
   * @param source what the videos were listed in; the names of its classes are copied
   * @param out new, or begun by an earlier run
   * @throws DataException when {@code out} holds something else, or no video could be prepared
   */
  public static Preparation of(
      List<ListedVideo> videos, Path source, Path out, PrepareOptions options, InParallel parallel)
      throws IOException, InterruptedException {
    Map<ListedVideo, String> targets = PreparedNames.of(videos);
    try (PreparedFolder folder = PreparedFolder.open(out, options)) {
      Work work = new Work(folder, new Transcoding(options), targets);
      List<ListedVideo> each = List.copyOf(distinct(videos, targets).values());
      List<Outcome> outcomes = parallel.map(each, work::prepare);
      return finish(videos, each.size(), source, out, work, outcomes);
    }
  }

  /** A file that is listed twice is prepared once. */
  private static Map<String, ListedVideo> distinct(
      List<ListedVideo> videos, Map<ListedVideo, String> targets) {
    Map<String, ListedVideo> distinct = new LinkedHashMap<>();
    for (ListedVideo video : videos) {
      String target = targets.get(video);
      distinct.putIfAbsent(target == null ? "missing " + video.name() : target, video);
    }
    return distinct;
  }

  private static Preparation finish(
      List<ListedVideo> videos, int each, Path source, Path out, Work work, List<Outcome> outcomes)
      throws IOException {
    Map<String, String> broken = new TreeMap<>();
    Set<String> finished = new HashSet<>();
    int kept = 0;
    for (Outcome outcome : outcomes) {
      kept += outcome.kept() ? 1 : 0;
      if (outcome.fault() != null) {
        broken.put(outcome.video().name(), outcome.fault());
      } else {
        finished.add(work.targets().get(outcome.video()));
      }
    }
    Quarantine.write(out.resolve("quarantine.tsv"), broken);
    if (outcomes.size() < each) {
      return new Preparation(each, outcomes.size(), kept, broken, null);
    }
    List<ListedVideo> prepared = new ArrayList<>();
    for (ListedVideo video : videos) {
      String target = work.targets().get(video);
      if (target != null && finished.contains(target)) {
        prepared.add(new ListedVideo(target, work.folder().file(target), video.label()));
      }
    }
    if (prepared.isEmpty()) {
      throw new DataException(
          "%s: none of %d videos could be prepared; %s has the reasons"
              .formatted(source, each, out.resolve("quarantine.tsv")));
    }
    Path list = out.resolve(LIST);
    WrittenList.write(list, prepared);
    WrittenList.copyClasses(source, out);
    return new Preparation(each, outcomes.size(), kept, broken, list);
  }
}

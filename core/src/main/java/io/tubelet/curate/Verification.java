package io.tubelet.curate;

import io.tubelet.video.StoredVideo;
import io.tubelet.video.VideoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every frame of every video decoded once: which videos are broken, and which show the same.
 *
 * <p>Found: what training would leave out (missing, no video, frames promised and not there); files
 * that are cut short, of which training would take what is left; and videos of the same size whose
 * frames are all the same bytes, however they are stored: copies, and copies moved to another
 * container or with other sound, names and times. Not found: copies that were encoded anew,
 * resized, trimmed or mirrored; damage inside that the decoder conceals; and missing ends of
 * containers that do not say how long they are.
 *
 * @param listed videos that were to be verified
 * @param verified how many of them were; fewer where it was stopped
 * @param good without broken ones; of those that show the same the first, or none where their
 *     labels differ
 * @param broken name and reason
 * @param duplicates groups of at least two that show the same, in the order of the list
 * @param frames decoded in all
 */
public record Verification(
    int listed,
    int verified,
    List<ListedVideo> good,
    Map<String, String> broken,
    List<List<ListedVideo>> duplicates,
    long frames) {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

  /** Decodes all {@code videos}. */
  public static Verification of(List<ListedVideo> videos, InParallel parallel)
      throws IOException, InterruptedException {
    return of(videos.size(), parallel.map(videos, Verification::verify));
  }

  private static Verification of(int listed, List<VerifiedVideo> verified) {
    Map<String, String> broken = new TreeMap<>();
    Map<String, List<ListedVideo>> byDigest = new LinkedHashMap<>();
    long frames = 0;
    for (VerifiedVideo one : verified) {
      if (one.digest() == null) {
        broken.put(one.video().name(), String.valueOf(one.fault()));
      } else {
        byDigest.computeIfAbsent(one.digest().sha256(), sha -> new ArrayList<>()).add(one.video());
        frames += one.digest().frames();
      }
    }
    Collection<List<ListedVideo>> same = byDigest.values();
    return new Verification(
        listed,
        verified.size(),
        same.stream().filter(group -> !isContradiction(group)).map(group -> group.get(0)).toList(),
        broken,
        same.stream().filter(group -> group.size() > 1).toList(),
        frames);
  }

  private static VerifiedVideo verify(ListedVideo video) {
    if (video.file() == null) {
      return VerifiedVideo.broken(video, "no such file");
    }
    try {
      FrameDigest digest = FrameDigest.of(video.file());
      return StoredVideo.of(video.file()).cut()
          ? VerifiedVideo.broken(
              video, "is cut short: only %d frames decode".formatted(digest.frames()))
          : VerifiedVideo.whole(video, digest);
    } catch (VideoException e) {
      return VerifiedVideo.broken(video, e.reason());
    } catch (RuntimeException e) {
      LOG.warn("{}: an unexpected failure", video.file(), e);
      return VerifiedVideo.broken(video, "unexpected: " + e);
    }
  }

  /** Whether all videos were looked at. */
  public boolean isComplete() {
    return verified == listed;
  }

  /** Whether nothing was found. */
  public boolean isClean() {
    return broken.isEmpty() && duplicates.isEmpty();
  }

  /** Videos that show what an earlier one shows. */
  public int copies() {
    return duplicates.stream().mapToInt(group -> group.size() - 1).sum();
  }

  /** Groups that show the same and have different labels: one of them must be wrong. */
  public List<List<ListedVideo>> contradictions() {
    return duplicates.stream().filter(Verification::isContradiction).toList();
  }

  private static boolean isContradiction(List<ListedVideo> group) {
    return group.stream().map(ListedVideo::label).distinct().count() > 1;
  }
}

package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.shards.ShardFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Videos with their classes: what classifiers are trained and scored on.
 *
 * @param manifest the videos, each with a label in [0, classes)
 * @param classes what the labels mean
 * @param missing videos that the source lists and that are not there; empty unless allowed
 */
public record LabelledVideos(Manifest manifest, ClassNames classes, List<MissingVideo> missing) {

  public LabelledVideos {
    missing = List.copyOf(missing);
    for (Entry entry : manifest.entries()) {
      Integer label = entry.label();
      if (label == null || label < 0 || label >= classes.size()) {
        throw new IllegalArgumentException(
            "%s: the label of %s must be in [0, %d), got %s"
                .formatted(manifest.source(), entry.name(), classes.size(), label));
      }
    }
  }

  /**
   * Reads a data set.
   *
   * <p>Training, validation and test sets must count in the same classes: read the training set
   * first and hand its {@link #classes} (or those of a checkpoint) to the reading of the others.
   *
   * @param source a list, or a folder of lists or of class folders
   * @param classes what labels mean; null takes them from the source: its own class list, its class
   *     folders, or as many numbers as its labels need
   * @throws DataException in one sentence, naming file and line: a label outside the classes, a
   *     class without a clip or a missing video unless {@code options} allow it, a layout that is
   *     not what was said
   */
  public static LabelledVideos read(Path source, @Nullable ClassNames classes, ReadOptions options)
      throws IOException {
    if (!Files.exists(source) && ShardFolder.find(source).isEmpty()) {
      throw new DataException(
          source
              + ": no such folder or file; give a list with labels or a folder of class folders");
    }
    if (options.videos() != null && !Files.isDirectory(options.videos())) {
      throw new DataException(options.videos() + ": no such folder of videos");
    }
    DataLayout layout = DataLayout.of(source, options);
    Listing listing = layout.listing(source, classes, options);
    List<Entry> entries = new ArrayList<>();
    List<MissingVideo> missing = new ArrayList<>();
    for (Listing.Clip clip : listing.clips()) {
      requireInside(clip, listing.classes());
      if (clip.file() == null) {
        missing.add(new MissingVideo(clip.place(), clip.name()));
      } else {
        entries.add(new Entry(clip.name(), clip.file(), clip.label()));
      }
    }
    if (entries.isEmpty() || (!missing.isEmpty() && !options.allowMissing())) {
      throw incomplete(source, listing, missing);
    }
    LabelledVideos videos =
        new LabelledVideos(new Manifest(source, entries), listing.classes(), missing);
    if (!options.allowEmptyClasses()) {
      videos.requireEveryClass();
    }
    return videos;
  }

  private static void requireInside(Listing.Clip clip, ClassNames classes) throws DataException {
    if (clip.label() < 0 || clip.label() >= classes.size()) {
      throw new DataException(
          "%s: the label of %s is %d, but the class list has %d classes, 0 to %d"
              .formatted(
                  clip.place(), clip.name(), clip.label(), classes.size(), classes.size() - 1));
    }
  }

  private static DataException incomplete(
      Path source, Listing listing, List<MissingVideo> missing) {
    if (missing.isEmpty()) {
      return new DataException(source + ": lists no video");
    }
    String others =
        missing.size() == 1
            ? ""
            : " (%d of the %d listed are missing)"
                .formatted(missing.size(), listing.clips().size());
    return new DataException(missing.get(0) + others + "; say in which folder the videos are");
  }

  private void requireEveryClass() throws DataException {
    int[] counts = clipsPerClass();
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] == 0) {
        throw new DataException(
            "%s: class %d '%s' has no clip to learn from; the list has %d classes"
                .formatted(manifest.source(), label, classes.name(label), counts.length));
      }
    }
  }

  /**
   * Checks that these are the classes of a classifier.
   *
   * @throws DataException when the counts differ, naming both
   */
  public void requireClasses(int expected) throws DataException {
    if (classes.size() != expected) {
      throw new DataException(
          "%s: the data has %d classes, but the classifier has %d"
              .formatted(manifest.source(), classes.size(), expected));
    }
  }

  /** The same videos in a manifest that mixes them in another way where they are in shards. */
  public LabelledVideos withShuffleBuffer(int buffer) {
    return new LabelledVideos(manifest.withShuffleBuffer(buffer), classes, missing);
  }

  /** The given share of each class, see {@link Manifest#part}. */
  public LabelledVideos part(double share, long seed) {
    return new LabelledVideos(manifest.part(share, seed), classes, missing);
  }

  /** Number of videos that are there. */
  public int size() {
    return manifest.size();
  }

  /** Number of videos that the source lists, missing ones included. */
  public int listed() {
    return manifest.size() + missing.size();
  }

  /** The label of every video, in the manifest's order. */
  public int[] labels() {
    return manifest.entries().stream().mapToInt(LabelledVideos::label).toArray();
  }

  /** How many videos each class has. */
  public int[] clipsPerClass() {
    int[] counts = new int[classes.size()];
    for (int label : labels()) {
      counts[label]++;
    }
    return counts;
  }

  private static int label(Entry entry) {
    Integer label = entry.label();
    if (label == null) {
      throw new IllegalStateException(entry.name() + " was let in without a label");
    }
    return label;
  }
}

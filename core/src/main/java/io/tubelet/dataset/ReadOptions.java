package io.tubelet.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a labelled data set is to be read.
 *
 * @param layout how it is laid out
 * @param part which part of a folder that holds the lists of both; a file names its own
 * @param split which of UCF101's or HMDB51's splits, from 1; null is the first, or that of the file
 * @param videos the folder of the videos; null looks near the list, where each layout has them
 * @param allowMissing whether listed videos may be missing; they are then named in the result
 * @param allowEmptyClasses whether classes may have no clip, as in a small test list
 */
public record ReadOptions(
    DataLayout layout,
    Part part,
    @Nullable Integer split,
    @Nullable Path videos,
    boolean allowMissing,
    boolean allowEmptyClasses) {

  /** For training: everything listed must be there, and every class have a clip. */
  public static final ReadOptions TRAINING =
      new ReadOptions(DataLayout.AUTO, Part.TRAIN, null, null, false, false);

  /** For validation and test: everything listed must be there; a class may have no clip. */
  public static final ReadOptions TESTING =
      new ReadOptions(DataLayout.AUTO, Part.TEST, null, null, false, true);

  public ReadOptions {
    if (split != null && split < 1) {
      throw new IllegalArgumentException("split must be at least 1, got " + split);
    }
  }

  /** The same in another layout. */
  public ReadOptions withLayout(DataLayout other) {
    return new ReadOptions(other, part, split, videos, allowMissing, allowEmptyClasses);
  }

  /** The same of another split; null is the first, or that of the file. */
  public ReadOptions withSplit(@Nullable Integer other) {
    return new ReadOptions(layout, part, other, videos, allowMissing, allowEmptyClasses);
  }

  /** The same with the videos elsewhere; null looks near the list. */
  public ReadOptions withVideos(@Nullable Path folder) {
    return new ReadOptions(layout, part, split, folder, allowMissing, allowEmptyClasses);
  }

  /** The same, with or without leave for videos to be missing. */
  public ReadOptions withAllowMissing(boolean allow) {
    return new ReadOptions(layout, part, split, videos, allow, allowEmptyClasses);
  }

  /** The same, with or without leave for classes to have no clip. */
  public ReadOptions withAllowEmptyClasses(boolean allow) {
    return new ReadOptions(layout, part, split, videos, allowMissing, allow);
  }
}

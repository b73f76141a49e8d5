package io.tubelet.cli;

import io.tubelet.curate.ListedVideo;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.DataLayout;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where labelled videos are and what their labels mean. */
final class DataSetOptions {
  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Names of the classes: one a line, the first is label 0; or a .json label map."
              + " Without it the data or the checkpoint says.")
  private @Nullable Path classes;

  @Option(
      names = "--layout",
      defaultValue = "auto",
      description =
          "How the data set is laid out: auto, list, class-folders, kinetics, something-v2, ucf101,"
              + " hmdb51, imagenet or shards. See docs/data.md.")
  private DataLayout layout;

  @Option(
      names = "--split",
      paramLabel = "N",
      description = "Which split of UCF101 or HMDB51, 1 to 3 (default: the list's own, or 1).")
  private @Nullable Integer split;

  @Option(
      names = "--videos",
      paramLabel = "DIR",
      description = "Where the videos are, when not beside their list.")
  private @Nullable Path videos;

  /** The class list, where one was given. */
  @Nullable ClassNames classes() throws IOException {
    return classes == null ? null : ClassNames.read(classes);
  }

  /** All videos of a source, with labels or without, missing ones included. */
  List<ListedVideo> listed(Path source) throws IOException {
    return ListedVideo.read(
        source, ReadOptions.TRAINING.withLayout(layout).withSplit(split).withVideos(videos));
  }

  LabelledVideos read(Path source, @Nullable ClassNames names, ReadOptions options)
      throws IOException {
    return LabelledVideos.read(
        source, names, options.withLayout(layout).withSplit(split).withVideos(videos));
  }
}

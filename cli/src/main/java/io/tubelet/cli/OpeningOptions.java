package io.tubelet.cli;

import io.tubelet.data.VideoOpener;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.StreamChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is read of a video file and what that may cost: a recipe's data.open, without a recipe. */
final class OpeningOptions {
  @Option(
      names = "--stream",
      paramLabel = "N",
      description = "Which video stream of a file, from 0 (default: the best).")
  private @Nullable Integer stream;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "How long opening a file may take, and each reading of it (default: 300).")
  private double deadline = OpenOptions.DEFAULT.deadline();

  @Option(
      names = "--max-frame-pixels",
      paramLabel = "N",
      description = "Refuse larger pictures (default: 40000000).")
  private long maxFramePixels = OpenOptions.DEFAULT.maxFramePixels();

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse to deliver more at once, all pictures together (default: 4000000000).")
  private long maxPixels = OpenOptions.DEFAULT.maxPixels();

  @Option(
      names = "--folder-fps",
      paramLabel = "F",
      description = "Frames per second of folders of pictures (default: unknown).")
  private double folderFps = OpenOptions.DEFAULT.folderFps();

  @Option(
      names = "--index-cache",
      paramLabel = "DIR",
      description =
          "Folder that keeps what a pass over a file taught, or off (default: the user's cache).")
  private String indexCache = OpenOptions.DEFAULT.indexCache();

  OpenOptions options() {
    return new OpenOptions(
        indexCache,
        stream == null ? StreamChoice.BEST : StreamChoice.of(stream),
        folderFps,
        deadline,
        maxFramePixels,
        maxPixels);
  }

  VideoOpener opener() {
    return VideoOpener.with(options());
  }
}

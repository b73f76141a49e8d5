package io.tubelet.data;

import io.tubelet.video.DecodeOptions;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoReader;
import io.tubelet.video.Videos;
import java.nio.file.Path;

/** Opens a video; called by several threads at once. The caller closes what it gets. */
@FunctionalInterface
public interface VideoOpener {

  /**
   * Opens {@code file}.
   *
   * @throws VideoException when it is no video that can be read
   */
  VideoReader open(Path file, DecodeOptions options) throws VideoException;

  /** Opens videos within these limits. */
  static VideoOpener with(OpenOptions options) {
    return (file, decode) -> Videos.open(file, decode, options);
  }
}

package io.tubelet.data;

import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoReader;
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
}

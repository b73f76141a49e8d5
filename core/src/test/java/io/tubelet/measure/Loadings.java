package io.tubelet.measure;

import io.tubelet.clip.Size;
import io.tubelet.machine.Machine;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoCodec;
import java.nio.file.Path;
import java.util.Set;

/** Films of a second, and how they are read. */
final class Loadings {
  static final Machine MACHINE = new Machine("Linux 6", "a CPU", Set.of(), 2, 8L << 30);

  private Loadings() {}

  /** Windows of 4 frames at stride 2, clips of 32 x 32, so many in a measurement. */
  static LoadingSettings settings(int windows) {
    OpenOptions open = OpenOptions.DEFAULT.withIndexCache(OpenOptions.OFF);
    return new LoadingSettings(4, 2, 32, 0, 2, windows, 1, 2, open, MACHINE);
  }

  static WrittenFilms films(Path folder, int gop) {
    return new WrittenFilms(VideoCodec.H264, gop, new Size(48, 64), 2, 30, folder);
  }
}

package io.tubelet.run;

import io.tubelet.clip.Frames;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoWriter;
import io.tubelet.visual.Denormalisation;
import io.tubelet.visual.ReconstructedClip;
import io.tubelet.visual.ReconstructionStrip;
import io.tubelet.visual.ReconstructionVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reconstructions of one clip as files: a PNG strip each, and all of them moving in an MP4 and a
 * GIF.
 */
public record ReconstructionFiles(Path folder) {
  /** Slow enough to compare panels by eye. */
  private static final EncodeOptions SLOW = EncodeOptions.DEFAULT.withFps(8);

  /**
   * Writes them; files of the same name are replaced.
   *
   * @param ratios shares of tokens to hide
   * @param modes ways of showing a prediction; those that the model does not have are left out
   * @param seed the same seed hides the same tokens
   * @return the files, in the order they were written
   * @throws IllegalArgumentException when none of the modes fits the model
   */
  public List<Path> write(
      Reconstructor reconstructor,
      Frames clip,
      List<Double> ratios,
      List<Denormalisation> modes,
      long seed)
      throws IOException {
    List<ReconstructedClip> rows = new ArrayList<>();
    for (double ratio : ratios) {
      reconstructor.reconstruct(clip, ratio, seed).stream()
          .filter(r -> modes.contains(r.mode()))
          .forEach(rows::add);
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to show: this model's predictions can be shown as %s, asked were %s"
              .formatted(reconstructor.modes(), modes));
    }
    Files.createDirectories(folder);
    List<Path> written = new ArrayList<>();
    for (ReconstructedClip r : rows) {
      Path strip = folder.resolve(name(r));
      Files.write(strip, ReconstructionStrip.STANDARD.png(r));
      written.add(strip);
    }
    Frames sheet = ReconstructionVideo.STANDARD.compose(rows);
    for (String name : List.of("reconstruction.mp4", "reconstruction.gif")) {
      VideoWriter.save(folder.resolve(name), sheet, SLOW);
      written.add(folder.resolve(name));
    }
    return written;
  }

  private static String name(ReconstructedClip r) {
    String mode = r.mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return String.format(Locale.ROOT, "ratio-%s-%s.png", Double.toString(r.ratio()), mode);
  }
}

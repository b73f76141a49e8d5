package io.tubelet.report;

import java.util.List;
import java.util.Map;

/**
 * All that the page of a run shows. A plain value: it can be put together while the run is in
 * memory, or later from the files of its folder.
 *
 * @param title name of the run
 * @param subtitle one line under it: model, data, date
 * @param steps the reports, ascending
 * @param lossName what the loss is, such as {@code MSE on hidden tokens, per-patch normalised}
 * @param baseline loss of a model that knows nothing; {@code NaN} where unknown
 * @param baselineName what that baseline is, such as {@code predicting the mean}
 * @param figures further key figures in order, name to value with unit
 * @param picturesTitle heading of the pictures, such as {@code Reconstructions}
 * @param pictures those of one group together
 * @param quarantine files that could not be used
 * @param configuration the full resolved configuration as YAML
 * @param provenance versions, seed, data digest in order, name to value
 */
public record RunSummary(
    String title,
    String subtitle,
    List<StepReport> steps,
    String lossName,
    double baseline,
    String baselineName,
    Map<String, String> figures,
    String picturesTitle,
    List<Picture> pictures,
    List<Quarantined> quarantine,
    String configuration,
    Map<String, String> provenance) {

  /**
   * A picture file to be shown.
   *
   * @param group heading it stands under, such as {@code Mask ratio 0.90}
   * @param caption text below it
   * @param file bytes of a PNG or GIF file
   */
  public record Picture(String group, String caption, byte[] file) {

    public Picture {
      if (file.length < 4 || !(isPng(file) || isGif(file))) {
        throw new IllegalArgumentException(
            "picture '%s' is neither PNG nor GIF (%d bytes)".formatted(caption, file.length));
      }
    }

    String mediaType() {
      return isPng(file) ? "image/png" : "image/gif";
    }

    private static boolean isPng(byte[] file) {
      return file[0] == (byte) 0x89 && file[1] == 'P' && file[2] == 'N' && file[3] == 'G';
    }

    private static boolean isGif(byte[] file) {
      return file[0] == 'G' && file[1] == 'I' && file[2] == 'F' && file[3] == '8';
    }
  }

  /** A file left out, and why. */
  public record Quarantined(String file, String reason) {}

  public Verdict verdict() {
    return Verdict.of(steps, baseline, baselineName);
  }
}

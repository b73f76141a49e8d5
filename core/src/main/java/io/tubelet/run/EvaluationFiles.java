package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.VideoOpener;
import io.tubelet.data.ViewMaker;
import io.tubelet.data.ViewsConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.evaluate.Accuracy;
import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.report.Curve;
import io.tubelet.report.EvaluationReport;
import io.tubelet.report.EvaluationSummary;
import io.tubelet.report.ShownEvaluation;
import io.tubelet.video.VideoException;
import io.tubelet.visual.FrameStrip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what came of an evaluation, with pictures of the hardest clips.
 *
 * @param folder made where it is missing
 */
public record EvaluationFiles(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluationFiles.class);

  /**
   * Writes numbers, predictions and page.
   *
   * @param title of the page
   * @param subtitle one line under it
   * @param curves of the training it came from
   * @param provenance name to value
   */
  public void write(
      Evaluation evaluation,
      LabelledVideos data,
      VideoOpener opener,
      ViewsConfig views,
      ClipShape shape,
      String title,
      String subtitle,
      List<Curve> curves,
      Map<String, String> provenance)
      throws IOException {
    Files.createDirectories(folder);
    EvaluationReport.write(
        new EvaluationSummary(
            title,
            subtitle,
            new ShownEvaluation(evaluation, pictures(evaluation, data, opener, views, shape)),
            curves,
            Map.of(),
            provenance),
        folder);
  }

  /** What came of it, in a sentence. */
  public static String sentence(Evaluation evaluation) {
    return String.format(
        Locale.ROOT,
        "Top-1 %s, top-5 %s, log-loss %.3f; %d of %d videos, %s.",
        share(evaluation.top1()),
        share(evaluation.top5()),
        evaluation.logLoss(),
        evaluation.results().size(),
        evaluation.listed(),
        evaluation.views());
  }

  private static String share(Accuracy accuracy) {
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f to %.1f)",
        100 * accuracy.share(),
        100 * accuracy.low(),
        100 * accuracy.high());
  }

  /** The first view of the clips that the page shows, by name. */
  static Map<String, byte[]> pictures(
      Evaluation evaluation,
      LabelledVideos data,
      VideoOpener opener,
      ViewsConfig views,
      ClipShape shape)
      throws IOException {
    Set<String> wanted =
        ShownEvaluation.hardest(evaluation).stream()
            .map(ClipResult::name)
            .collect(Collectors.toSet());
    ViewMaker maker = new ViewMaker(opener, views, shape);
    Map<String, byte[]> pictures = new HashMap<>();
    for (Entry entry : data.manifest().entries()) {
      if (wanted.contains(entry.name()) && !pictures.containsKey(entry.name())) {
        try {
          byte[] pixels = maker.make(entry.file()).pixels();
          Frames first =
              new Frames(
                  shape.frames(),
                  shape.height(),
                  shape.width(),
                  Arrays.copyOf(pixels, shape.bytes()));
          pictures.put(entry.name(), FrameStrip.SMALL.png(first));
        } catch (VideoException unreadable) {
          LOG.warn("Not shown in the report: {}", unreadable.getMessage());
        }
      }
    }
    return pictures;
  }
}

package io.tubelet.run;

import io.tubelet.augment.PhotometricChange;
import io.tubelet.augment.PhotometricOperation;
import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.ContrastiveConfig;
import io.tubelet.data.Batch;
import io.tubelet.data.ClipLoader;
import io.tubelet.data.Cursor;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.data.Seeds;
import io.tubelet.report.HtmlReport;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.RunSummary;
import io.tubelet.report.RunSummary.Picture;
import io.tubelet.report.RunSummary.Quarantined;
import io.tubelet.train.Contrast;
import io.tubelet.train.Progress;
import io.tubelet.visual.FrameStrip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the page of a contrastive run together: curves, key figures, pairs of views. */
record ContrastReport(ContrastPlan plan, RunFolder folder) {
  /** Of what a model that knows nothing does. */
  static final String BASELINE = "guessing";

  private static final Logger LOG = LoggerFactory.getLogger(ContrastReport.class);
  private static final int VIDEOS = 4;
  private static final FrameStrip STRIP = new FrameStrip(8, 96);

  /**
   * Writes the page.
   *
   * @param shown videos of which views are shown
   * @param broken videos left out, with the reason
   */
  void write(Checkpoint last, Manifest shown, Map<String, String> broken)
      throws IOException, InterruptedException {
    ContrastiveConfig config = plan.config();
    Progress progress = ConfigFormat.bind(last.progress(), Progress.class, "progress");
    HtmlReport.write(
        new RunSummary(
            String.valueOf(folder.path().toAbsolutePath().normalize().getFileName()),
            subtitle(),
            MetricsLog.read(folder.metrics()),
            "InfoNCE at temperature %s, both directions, times twice the temperature"
                .formatted(config.contrast().temperature()),
            progress.baseline(),
            BASELINE,
            PretrainReport.figures(plan.training(), progress),
            "Views that are told to belong together",
            pictures(shown),
            broken.entrySet().stream().map(e -> new Quarantined(e.getKey(), e.getValue())).toList(),
            ConfigFormat.yaml(config),
            PretrainReport.provenance(last.provenance())),
        folder.report());
  }

  private String subtitle() {
    ContrastiveConfig config = plan.config();
    return "encoder %d wide, %d deep; by contrast among %d videos at a time; %d videos"
        .formatted(
            config.model().encoder().width(),
            config.model().encoder().depth(),
            config.videosOfBatch(),
            plan.manifest().size());
  }

  /** Pairs as the run drew them, of other videos; none where too many cannot be read. */
  private List<Picture> pictures(Manifest shown) throws InterruptedException {
    ContrastiveConfig config = plan.config();
    int videos = Math.min(VIDEOS, shown.size());
    try (ClipLoader loader =
        new ClipLoader(
            shown,
            config.data().opener(),
            config.data(),
            plan.batches(videos * Contrast.VIEWS),
            new Seeds(config.seed()),
            Cursor.START)) {
      Batch batch = loader.next();
      List<Picture> pictures = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        pictures.add(
            new Picture(
                shown.entries().get(batch.draws().get(i).video()).name(),
                caption(i % Contrast.VIEWS + 1, batch.draws().get(i).photometric()),
                STRIP.png(clip(batch, i))));
      }
      return pictures;
    } catch (DataException unreadable) {
      LOG.warn("Not shown in the report: {}", unreadable.getMessage());
      return List.of();
    }
  }

  /** {@code view 1: blur 0.14, solarise 128.00}. */
  private static String caption(int view, List<PhotometricChange> changes) {
    return "view %d: %s"
        .formatted(
            view,
            changes.isEmpty()
                ? "colours as they are"
                : changes.stream().map(ContrastReport::words).collect(Collectors.joining(", ")));
  }

  private static String words(PhotometricChange change) {
    String name = change.operation().name().toLowerCase(Locale.ROOT);
    return change.operation() == PhotometricOperation.GREYSCALE
        ? name
        : String.format(Locale.ROOT, "%s %.2f", name, change.amount());
  }

  private static Frames clip(Batch batch, int number) {
    ClipShape shape = batch.shape();
    int from = number * shape.bytes();
    byte[] pixels = Arrays.copyOfRange(batch.clips(), from, from + shape.bytes());
    return new Frames(shape.frames(), shape.height(), shape.width(), pixels);
  }
}

package io.tubelet.run;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.clip.Frames;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.PretrainConfig;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.data.Manifest;
import io.tubelet.data.VideoOpener;
import io.tubelet.machine.Machine;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.report.HtmlReport;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.RunSummary;
import io.tubelet.report.RunSummary.Picture;
import io.tubelet.report.RunSummary.Quarantined;
import io.tubelet.tensor.Placement;
import io.tubelet.train.Progress;
import io.tubelet.train.TrainConfig;
import io.tubelet.video.VideoException;
import io.tubelet.visual.Denormalisation;
import io.tubelet.visual.ReconstructedClip;
import io.tubelet.visual.ReconstructionStrip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the page of a run together: curves, key figures, pictures, and how it came about. */
final class PretrainReport {
  private static final Logger LOG = LoggerFactory.getLogger(PretrainReport.class);
  private static final int CLIPS = 2;

  private final PretrainPlan plan;
  private final RunFolder folder;

  PretrainReport(PretrainPlan plan, RunFolder folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /**
   * Writes the page.
   *
   * @param shown videos to reconstruct clips of; the first that can be read are taken
   * @param broken videos left out, with the reason
   */
  RunSummary write(
      Checkpoint last,
      MaskedAutoencoder model,
      Placement placement,
      Manifest shown,
      Map<String, String> broken)
      throws IOException {
    PretrainConfig config = plan.config();
    Progress progress = ConfigFormat.bind(last.progress(), Progress.class, "progress");
    RunSummary summary =
        new RunSummary(
            String.valueOf(folder.path().toAbsolutePath().normalize().getFileName()),
            subtitle(),
            MetricsLog.read(folder.metrics()),
            config.loss().label()
                + " on hidden tokens, "
                + config.target().describe(config.model().predicted()),
            progress.baseline(),
            "predicting the mean",
            figures(plan.training(), progress),
            "Reconstructions",
            pictures(PretrainedConfig.of(config), model, placement, config.data().opener(), shown),
            broken.entrySet().stream().map(e -> new Quarantined(e.getKey(), e.getValue())).toList(),
            ConfigFormat.yaml(config),
            provenance(last.provenance()));
    HtmlReport.write(summary, folder.report());
    return summary;
  }

  private String subtitle() {
    PretrainConfig config = plan.config();
    return "encoder %d wide, %d deep; %d of %d tokens visible (%s masking, %s); %d videos"
        .formatted(
            config.model().encoder().width(),
            config.model().encoder().depth(),
            plan.visibleTokens(),
            config.model().clip().tokens(),
            config.mask().label(),
            config.mask().ratio(),
            plan.manifest().size());
  }

  /** What the page does not already read off the log. */
  static Map<String, String> figures(TrainingPlan plan, Progress progress) {
    TrainConfig train = plan.train();
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("Effective batch", "%d clips".formatted(train.effectiveBatch()));
    figures.put(
        "Clips seen", String.format(Locale.ROOT, "%,d", progress.step() * train.effectiveBatch()));
    Machine.peakResidentBytes()
        .ifPresent(
            bytes ->
                figures.put(
                    "Peak memory of the process",
                    String.format(Locale.ROOT, "%.2f GB", bytes / 1e9)));
    figures.put("Peak learning rate", String.format(Locale.ROOT, "%.2e", plan.peakLr()));
    return figures;
  }

  /** None where the target is nothing that can be looked at. */
  private static List<Picture> pictures(
      PretrainedConfig config,
      MaskedAutoencoder model,
      Placement placement,
      VideoOpener opener,
      Manifest shown) {
    return Reconstructor.canShow(config)
        ? pictures(new Reconstructor(config, model, placement), opener, shown)
        : List.of();
  }

  private static List<Picture> pictures(
      Reconstructor reconstructor, VideoOpener opener, Manifest shown) {
    List<Picture> pictures = new ArrayList<>();
    int clips = 0;
    for (int i = 0; i < shown.size() && clips < CLIPS; i++) {
      // Spread over the list, as neighbours are often of one kind.
      Manifest.Entry entry = shown.entries().get((int) ((long) i * 7919 % shown.size()));
      try {
        Frames clip = reconstructor.centreClip(opener, entry.file());
        for (double ratio : reconstructor.ratios()) {
          for (ReconstructedClip r : reconstructor.reconstruct(clip, ratio, i)) {
            if (clips == 0 || r.mode() != Denormalisation.RAW_PREDICTION) {
              pictures.add(
                  new Picture(
                      String.format(Locale.ROOT, "Mask ratio %.2f", ratio),
                      entry.name() + ": " + r.caption(),
                      ReconstructionStrip.STANDARD.png(r)));
            }
          }
        }
        clips++;
      } catch (VideoException unreadable) {
        LOG.warn("Not shown in the report: {}", unreadable.getMessage());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return pictures;
  }

  /** How a run came about, name to value. */
  static Map<String, String> provenance(Provenance p) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("tubelet", p.versions().tubelet());
    facts.put("libtorch", p.versions().libtorch());
    facts.put("FFmpeg", p.versions().ffmpeg());
    facts.put("Java", p.versions().java());
    facts.put("device", p.device() + ", " + p.precision());
    facts.put("started from", p.startedFrom());
    facts.put("seed", Long.toString(p.seed()));
    facts.put("data", p.data().training().toString());
    if (p.data().validation() != null) {
      facts.put("validation", p.data().validation().toString());
    }
    facts.put("written", p.writtenAt().toString());
    return facts;
  }
}

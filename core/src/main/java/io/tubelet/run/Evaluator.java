package io.tubelet.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.config.ConfigFormat;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.VideoOpener;
import io.tubelet.data.ViewsConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.MissingVideo;
import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Missing;
import io.tubelet.evaluate.ViewScores;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.VideoClassifier;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.Placement;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Scores the clips of a labelled data set with a classifier: softmax of every view, mean over the
 * views of a video. Each video is opened once for all its views.
 *
 * @param opener of the videos
 * @param model in evaluation
 * @param pixels how its input is normalised
 * @param views taken of each video
 * @param placement where the model lies
 * @param workers threads that decode; 0 for one a processor
 * @param batch views of one forward pass
 */
public record Evaluator(
    VideoOpener opener,
    VideoClassifier model,
    PixelNorm pixels,
    ViewsConfig views,
    Placement placement,
    int workers,
    int batch) {

  public Evaluator {
    if (workers < 0) {
      throw new IllegalArgumentException(
          "workers must be at least 0 (0: one a processor), got " + workers);
    }
    int clipBytes = model.config().clip().bytes();
    int most = (Integer.MAX_VALUE - 8) / clipBytes; // of one array
    if (batch < 1 || batch > most) {
      throw new IllegalArgumentException(
          "batch must be from 1 to %,d views of %,d bytes each, got %,d"
              .formatted(most, clipBytes, batch));
    }
  }

  /**
   * Scores all videos, in their order.
   *
   * @param allowMissing whether videos that are not there or cannot be read are left out and named
   *     in the result; otherwise the first of them is an error
   * @param done hears how many videos are scored
   * @throws DataException naming a video that cannot be read; when not one can be read, or the
   *     classes are not as many as the model's
   * @throws InterruptedException when asked to stop before the end
   */
  public Evaluation evaluate(
      LabelledVideos data, boolean allowMissing, StopSignal stop, IntConsumer done)
      throws IOException, InterruptedException {
    data.requireClasses(model.config().classes());
    long begin = System.nanoTime();
    List<Missing> missing =
        new ArrayList<>(data.missing().stream().map(Evaluator::missing).toList());
    List<ClipResult> results = score(data, allowMissing ? missing : null, stop, done);
    if (results.isEmpty()) {
      throw new DataException(
          "%s: none of the %d videos can be evaluated; the first is %s: %s"
              .formatted(
                  data.manifest().source(),
                  data.listed(),
                  missing.get(0).name(),
                  missing.get(0).reason()));
    }
    return new Evaluation(
        results,
        data.classes().names(),
        data.listed(),
        missing,
        describe(views),
        (System.nanoTime() - begin) / 1e9);
  }

  /**
   * The videos that can be read, in their order.
   *
   * @param missing takes the others; null where the first of them is an error
   */
  private List<ClipResult> score(
      LabelledVideos data, @Nullable List<Missing> missing, StopSignal stop, IntConsumer done)
      throws IOException, InterruptedException {
    List<Entry> entries = data.manifest().entries();
    int[] labels = data.labels();
    ViewScores scores =
        new ViewScores(entries.size(), views.number().total(), model.config().classes());
    List<ClipResult> results = new ArrayList<>();
    try (ComputeThreads threads = ComputeThreads.forBatches(batch, placement);
        ViewStream stream =
            new ViewStream(entries, opener, views, model.config().clip(), workers, batch)) {
      Classification classification = new Classification(model, pixels, placement, threads);
      while (stream.hasNext()) {
        // Views that are ready are handed over without a look at the interruption.
        if (Thread.interrupted() || stop.isRequested()) {
          throw new InterruptedException("asked to stop while evaluating");
        }
        ViewStream.Portion portion = stream.next();
        passOver(portion.failures(), missing);
        float[][] probabilities = classification.probabilities(portion.pixels(), portion.size());
        for (int i = 0; i < portion.size(); i++) {
          int video = portion.videos()[i];
          scores.add(video, probabilities[i]);
          if (scores.complete(video)) {
            results.add(
                new ClipResult(entries.get(video).name(), labels[video], scores.mean(video)));
            done.accept(results.size());
          }
        }
      }
    }
    return results;
  }

  private static void passOver(List<ViewStream.Failure> failures, @Nullable List<Missing> missing)
      throws DataException {
    for (ViewStream.Failure failure : failures) {
      if (missing == null) {
        throw new DataException(
            "%s cannot be evaluated: %s; --allow-missing leaves such videos out and says so"
                .formatted(failure.entry().file(), failure.reason()));
      }
      missing.add(new Missing(failure.entry().name(), failure.reason()));
    }
  }

  static Missing missing(MissingVideo video) {
    return new Missing(video.name(), "no such file (%s)".formatted(video.place()));
  }

  /** Views in words: {@code 5x3 video-mae-dense stride 4}. */
  static String describe(ViewsConfig views) {
    ObjectNode clips = (ObjectNode) ConfigFormat.tree(views.clips());
    StringBuilder words = new StringBuilder(views.number() + " " + clips.remove("kind").asText());
    clips.properties().forEach(p -> words.append(" %s %s".formatted(p.getKey(), p.getValue())));
    return words.toString();
  }
}

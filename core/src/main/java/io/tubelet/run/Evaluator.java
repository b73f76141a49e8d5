package io.tubelet.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.config.ConfigFormat;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.VideoOpener;
import io.tubelet.data.ViewsConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.MissingVideo;
import io.tubelet.distributed.Ranks;
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
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Scores the clips of a labelled data set with a classifier: softmax of every view, mean over the
 * views of a video. Each video is opened once for all its views, by one of the processes.
 *
 * @param opener of the videos
 * @param model in evaluation
 * @param pixels how its input is normalised
 * @param views taken of each video
 * @param placement where the model lies
 * @param workers threads that decode; 0 for one a processor
 * @param batch views of one forward pass
 * @param ranks that evaluate together, each its part; all learn of the whole
 */
public record Evaluator(
    VideoOpener opener,
    VideoClassifier model,
    PixelNorm pixels,
    ViewsConfig views,
    Placement placement,
    int workers,
    int batch,
    Ranks ranks) {

  /** A process on its own. */
  public Evaluator(
      VideoOpener opener,
      VideoClassifier model,
      PixelNorm pixels,
      ViewsConfig views,
      Placement placement,
      int workers,
      int batch) {
    this(opener, model, pixels, views, placement, workers, batch, Ranks.alone());
  }

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
   * @param done hears how many videos are scored, those of other processes estimated
   * @throws DataException naming a video that cannot be read; when not one can be read, or the
   *     classes are not as many as the model's
   * @throws InterruptedException on all ranks, when one was asked to stop before the end
   */
  public Evaluation evaluate(
      LabelledVideos data, boolean allowMissing, StopSignal stop, IntConsumer done)
      throws IOException, InterruptedException {
    data.requireClasses(model.config().classes());
    long begin = System.nanoTime();
    List<Missing> missing =
        new ArrayList<>(data.missing().stream().map(Evaluator::missing).toList());
    PartialScores scores = new PartialScores();
    boolean complete = score(scores, data, allowMissing, stop, done);
    if (ranks.any(!complete)) {
      throw new InterruptedException("asked to stop while evaluating");
    }
    for (byte[] part : ranks.gather(scores.bytes())) {
      scores.addAll(part);
    }
    List<Entry> entries = data.manifest().entries();
    scores
        .failures()
        .forEach((video, reason) -> missing.add(new Missing(entries.get(video).name(), reason)));
    List<ClipResult> results = results(data, scores);
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

  private static List<ClipResult> results(LabelledVideos data, PartialScores scores) {
    List<ClipResult> results = new ArrayList<>();
    scores
        .predictions()
        .forEach(
            (video, prediction) ->
                results.add(
                    new ClipResult(
                        data.manifest().entries().get(video).name(),
                        data.labels()[video],
                        prediction)));
    return results;
  }

  /**
   * Scores this rank's videos: every n-th, as long ones may lie together.
   *
   * @return whether that came to its end
   */
  private boolean score(
      PartialScores into,
      LabelledVideos data,
      boolean allowMissing,
      StopSignal stop,
      IntConsumer done)
      throws IOException, InterruptedException {
    int listed = data.manifest().size();
    int[] own = IntStream.range(0, listed).filter(i -> i % ranks.size() == ranks.rank()).toArray();
    List<Entry> entries = Arrays.stream(own).mapToObj(data.manifest().entries()::get).toList();
    ViewScores scores =
        new ViewScores(own.length, views.number().total(), model.config().classes());
    int threads = workers > 0 ? workers : ranks.share(Runtime.getRuntime().availableProcessors());
    try (ComputeThreads computing = ComputeThreads.forBatches(batch, placement);
        ViewStream stream =
            new ViewStream(entries, opener, views, model.config().clip(), threads, batch)) {
      Classification classification = new Classification(model, pixels, placement, computing);
      while (stream.hasNext()) {
        // Views that are ready are handed over without a look at the interruption.
        if (Thread.interrupted() || stop.isRequested()) {
          return false;
        }
        ViewStream.Portion portion = stream.next();
        for (ViewStream.Failure failure : portion.failures()) {
          requireAllowed(failure, allowMissing);
          into.addFailure(own[failure.video()], failure.reason());
        }
        float[][] probabilities = classification.probabilities(portion.pixels(), portion.size());
        for (int i = 0; i < portion.size(); i++) {
          int video = portion.videos()[i];
          scores.add(video, probabilities[i]);
          if (scores.complete(video)) {
            into.add(own[video], scores.mean(video));
            done.accept(Math.min(listed, into.predictions().size() * ranks.size()));
          }
        }
      }
    }
    return true;
  }

  private static void requireAllowed(ViewStream.Failure failure, boolean allowMissing)
      throws DataException {
    if (!allowMissing) {
      throw new DataException(
          "%s cannot be evaluated: %s; --allow-missing leaves such videos out and says so"
              .formatted(failure.entry().file(), failure.reason()));
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

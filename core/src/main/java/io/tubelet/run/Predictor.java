package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.VideoOpener;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewMaker;
import io.tubelet.evaluate.Prediction;
import io.tubelet.evaluate.ViewScores;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.Placement;
import io.tubelet.video.VideoException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Tells the most probable classes of single videos. */
public final class Predictor {

  /** A class and its probability. */
  public record Guess(String name, double probability) {}

  private final TrainedWeights.Classifier classifier;
  private final ViewMaker views;

  /**
   * @param classifier on the CPU; stays the caller's
   * @param opener of the videos
   * @param number views that are averaged
   */
  public Predictor(TrainedWeights.Classifier classifier, VideoOpener opener, ViewCount number) {
    this.classifier = classifier;
    ClipShape shape = classifier.config().model().clip();
    views = new ViewMaker(opener, UsualViews.of(classifier.config(), number), shape);
  }

  /**
   * The most probable classes, the likeliest first; of equal ones the lower number.
   *
   * @param top how many, at least 1; all where there are no more
   * @throws VideoException when the video cannot be read, or has no frames
   */
  public List<Guess> predict(Path video, int top) throws VideoException {
    if (top < 1) {
      throw new IllegalArgumentException("top must be at least 1, got " + top);
    }
    ViewMaker.Views made = views.make(video);
    int count = made.views().size();
    ViewScores scores = new ViewScores(1, count, classifier.config().model().classes());
    try (ComputeThreads threads = ComputeThreads.forBatches(count, Placement.CPU)) {
      Classification classification =
          new Classification(
              classifier.model(), classifier.config().pixels(), Placement.CPU, threads);
      for (float[] view : classification.probabilities(made.pixels(), count)) {
        scores.add(0, view);
      }
    }
    Prediction prediction = scores.mean(0);
    return Arrays.stream(prediction.top(top))
        .mapToObj(k -> new Guess(classifier.label(k), prediction.probability(k)))
        .toList();
  }
}

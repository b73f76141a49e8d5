package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewMaker;
import io.tubelet.tensor.Placement;
import io.tubelet.video.VideoException;
import io.tubelet.video.Videos;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Tells the most probable classes of single videos. */
public final class Predictor {

  /** A class and its probability. */
  public record Guess(String name, double probability) {}

  private final TrainedWeights.Classifier classifier;
  private final Classification classification;
  private final ViewMaker views;

  /**
   * @param classifier on the CPU; stays the caller's
   * @param number views that are averaged
   */
  public Predictor(TrainedWeights.Classifier classifier, ViewCount number) {
    this.classifier = classifier;
    ClipShape shape = classifier.config().model().clip();
    classification =
        new Classification(classifier.model(), classifier.config().pixels(), Placement.CPU);
    views = new ViewMaker(Videos::open, UsualViews.of(classifier.config(), number), shape);
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
    float[][] ofViews = classification.probabilities(made.pixels(), made.views().size());
    double[] mean = new double[ofViews[0].length];
    for (float[] view : ofViews) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += (double) view[k] / ofViews.length;
      }
    }
    return IntStream.range(0, mean.length)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> -mean[k]))
        .limit(top)
        .map(k -> new Guess(classifier.label(k), mean[k]))
        .toList();
  }
}

package io.tubelet.run;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.CheckpointStore;
import io.tubelet.config.Backbone;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.convert.ForeignWeights;
import io.tubelet.convert.LoadRequest;
import io.tubelet.convert.ModelConfig;
import io.tubelet.convert.StrictLoading;
import io.tubelet.model.VideoClassifier;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;

/** Weights of any source that can be read, opened for a purpose. */
public final class TrainedWeights {
  private TrainedWeights() {}

  /**
   * A classifier, ready to be used.
   *
   * @param model in evaluation
   * @param config what it is and how it is fed
   */
  public record Classifier(VideoClassifier model, FineTunedConfig config) implements AutoCloseable {

    /** The name of a class; its number where the checkpoint has no names. */
    public String label(int number) {
      return config.labels().isEmpty() ? Integer.toString(number) : config.labels().get(number);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** What a classifier could take over from these weights. */
  public static Backbone backbone(Path path) throws IOException {
    try (var scope = new TensorScope();
        ForeignWeights weights = ForeignWeights.open(path)) {
      return Backbone.of(weights.config().config());
    }
  }

  /**
   * The checkpoint of a run that its validation found best, or of the lowest loss where nothing was
   * validated.
   *
   * @throws CheckpointException when the folder holds no checkpoint
   */
  public static Path best(Path run) throws IOException {
    return new CheckpointStore(run, 1, true)
        .best()
        .map(Checkpoint::folder)
        .orElseThrow(
            () -> new CheckpointException(run, "holds no checkpoint to choose the best of"));
  }

  /**
   * Opens a classifier; the caller closes it.
   *
   * @throws CheckpointException when the weights are of another kind of model, or have no head
   */
  public static Classifier classifier(Path path, Compute compute) throws IOException {
    try (var scope = new TensorScope();
        ForeignWeights weights = ForeignWeights.open(path)) {
      if (!(weights.config() instanceof ModelConfig.Classifier config) || !weights.hasHead()) {
        throw new CheckpointException(
            weights.file(), "is not a classifier: fine-tune it first, or probe it");
      }
      VideoClassifier model = new VideoClassifier(config.config().model(), compute);
      try {
        StrictLoading.into(model, config, weights, LoadRequest.EXACT);
        return new Classifier(model, config.config());
      } catch (IOException | RuntimeException e) {
        model.close();
        throw e;
      }
    }
  }
}

package io.tubelet.run;

import io.tubelet.dataset.LabelledVideos;
import io.tubelet.distributed.Ranks;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.model.VideoClassifier;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A classifier with weights from a seed, scored on the test clips of a folder. */
final class SmallEvaluation {
  private SmallEvaluation() {}

  static Evaluation of(Path data, Ranks ranks) throws IOException, InterruptedException {
    SmallFineTuning small = new SmallFineTuning(data);
    FineTunePlan plan = small.plan();
    LabelledVideos videos = small.validation();
    try (TensorScope scope = new TensorScope();
        VideoClassifier model =
            VideoClassifier.fresh(
                plan.config().model(), plan.config().train().compute(Placement.CPU), 3)) {
      return new Evaluator(
              plan.config().data().opener(),
              model,
              plan.config().pixels(),
              plan.config().validation().views(),
              Placement.CPU,
              1,
              4,
              ranks)
          .evaluate(videos, true, new StopSignal(), done -> {});
    }
  }

  /** The counts, then a line for each video: its name and the order of its classes. */
  static List<String> lines(Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s %d of %d"
            .formatted(
                evaluation.top1(),
                evaluation.top(2),
                evaluation.results().size(),
                evaluation.listed()));
    evaluation
        .results()
        .forEach(
            clip ->
                lines.add(
                    "%s %d %d".formatted(clip.name(), clip.label(), clip.prediction().best())));
    return lines;
  }
}

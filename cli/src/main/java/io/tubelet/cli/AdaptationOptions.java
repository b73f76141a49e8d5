package io.tubelet.cli;

import static io.tubelet.cli.Words.optional;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.convert.ForeignWeights;
import io.tubelet.convert.Inflation;
import io.tubelet.convert.StrictLoading;
import io.tubelet.convert.WantedModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of weights that are made to fit another model. */
final class AdaptationOptions {
  @Option(names = "--to-frames", paramLabel = "N", description = "Frames of OUT's clips.")
  private @Nullable Integer frames;

  @Option(
      names = "--to-picture",
      paramLabel = "N",
      description = "Side of OUT's pictures in pixels.")
  private @Nullable Integer picture;

  @Option(
      names = "--to-tube",
      paramLabel = "N",
      description = "Frames of OUT's tubelets: an image's patches are inflated, 1 deflates.")
  private @Nullable Integer tube;

  @Option(
      names = "--inflate",
      paramLabel = "HOW",
      defaultValue = "average",
      description = "How an image's patches become tubelets: average or centre-frame.")
  private Inflation inflation;

  @Option(
      names = "--new-head",
      paramLabel = "N",
      description = "OUT is a classifier of N classes with a new head; a decoder stays behind.")
  private @Nullable Integer classes;

  @Option(
      names = "--fresh",
      split = ",",
      paramLabel = "NAME",
      description = "Parameters of OUT that are drawn anew, by our names; NAME* for many.")
  private List<String> fresh = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Of what is drawn anew.")
  private long seed;

  boolean isAsked() {
    return Stream.of(frames, picture, tube, classes).anyMatch(Objects::nonNull) || !fresh.isEmpty();
  }

  List<String> fresh() {
    return fresh;
  }

  StrictLoading.Fitted fit(ForeignWeights weights) throws CheckpointException {
    return new WantedModel(optional(frames), optional(picture), optional(tube), optional(classes))
        .fit(weights, fresh, inflation, seed);
  }
}

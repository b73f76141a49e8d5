package io.tubelet.run;

import io.tubelet.dataset.LabelledVideos;
import io.tubelet.tensor.Precision;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The number format in which a probe's features are computed and kept.
 *
 * @param reason why in that, for a person
 */
public record FeaturePrecision(Precision precision, String reason) {
  /** The same frozen encoder in either format; the caller closes what is opened. */
  @FunctionalInterface
  public interface Encoders {
    ProbeFeatures open(Precision precision) throws IOException;
  }

  /** What someone asked for. */
  public static FeaturePrecision asked(Precision precision) {
    return new FeaturePrecision(precision, "as asked");
  }

  /**
   * That of the features kept from last time; otherwise bf16 where it is found as good as float32
   * and faster.
   *
   * @param training the videos to learn from, under the name {@code train}; some are tried
   * @return empty when asked to stop
   */
  public static Optional<FeaturePrecision> found(
      Encoders encoders, LabelledVideos training, StopSignal stop)
      throws IOException, InterruptedException {
    try (ProbeFeatures exact = encoders.open(Precision.FP32);
        ProbeFeatures brief = encoders.open(Precision.BF16)) {
      for (ProbeFeatures features : List.of(exact, brief)) {
        if (features.areKept("train", training)) {
          return Optional.of(
              new FeaturePrecision(features.precision(), "as kept in " + features.folder()));
        }
      }
      if (training.size() < 2) {
        return Optional.of(new FeaturePrecision(Precision.FP32, "one clip is too few to compare"));
      }
      return exact
          .compareWith(brief, training, stop)
          .map(trial -> new FeaturePrecision(trial.choice(), trial.toString()));
    }
  }

  @Override
  public String toString() {
    return "Features in %s: %s".formatted(precision.name().toLowerCase(Locale.ROOT), reason);
  }
}

package io.tubelet.probe;

/**
 * The clips a probe learns from, chooses by, and is judged on.
 *
 * @param classes number of labels
 */
public record ProbeData(FeatureSet train, FeatureSet val, FeatureSet test, int classes) {
  public ProbeData {
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be at least 2, got " + classes);
    }
    requireFit("train", train, train, classes);
    requireFit("val", val, train, classes);
    requireFit("test", test, train, classes);
  }

  private static void requireFit(String set, FeatureSet features, FeatureSet train, int classes) {
    if (features.width() != train.width()) {
      throw new IllegalArgumentException(
          "features of all sets must be equally long: train has %d values, %s has %d"
              .formatted(train.width(), set, features.width()));
    }
    for (int i = 0; i < features.clips(); i++) {
      if (features.labels()[i] >= classes) {
        throw new IllegalArgumentException(
            "label %d of clip '%s' in the %s set is outside the %d classes (0 to %d)"
                .formatted(
                    features.labels()[i], features.names().get(i), set, classes, classes - 1));
      }
    }
    requireFinite(set, features);
  }

  private static void requireFinite(String set, FeatureSet features) {
    FeatureSet.firstNotFinite(features.features())
        .ifPresent(
            clip -> {
              throw new IllegalArgumentException(
                  "the features of clip '%s' in the %s set are not finite numbers"
                      .formatted(features.names().get(clip), set));
            });
  }
}

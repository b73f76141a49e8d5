package io.tubelet.probe;

import io.tubelet.tensor.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What decides a file of features: whoever asks with the same values may use the file.
 *
 * @param backbone digest of the weights
 * @param data digest of the clips
 * @param views how they were cut from the videos, in words
 * @param precision of the features as stored
 */
public record FeatureIdentity(String backbone, String data, String views, Precision precision) {

  /** As a file of features says it. */
  Map<String, String> toMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("backbone", backbone);
    metadata.put("data", data);
    metadata.put("views", views);
    metadata.put("precision", precision.name());
    return metadata;
  }

  /**
   * What a file says differently, as {@code views: '5x3' there, '1x1' wanted}; empty if nothing.
   */
  List<String> differences(Map<String, String> metadata) {
    return toMetadata().entrySet().stream()
        .filter(wanted -> !Objects.equals(wanted.getValue(), metadata.get(wanted.getKey())))
        .map(
            wanted ->
                "%s: '%s' there, '%s' wanted"
                    .formatted(wanted.getKey(), metadata.get(wanted.getKey()), wanted.getValue()))
        .toList();
  }
}

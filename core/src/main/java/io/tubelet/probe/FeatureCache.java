package io.tubelet.probe;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.Safetensors;
import io.tubelet.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A safetensors file with one tensor of features, {@code [n, V, D]} or {@code [n, N, D]}, that
 * knows what it was made from. It appears whole or not at all, and is mapped rather than read.
 */
final class FeatureCache {
  private static final String TENSOR = "features";
  private static final String FORMAT = "format";
  private static final String TUBELET_FEATURES = "tubelet-features-1";

  private final Path file;

  FeatureCache(Path file) {
    this.file = file;
  }

  /**
   * The features, if the file is there, whole, and made from the same; why not, otherwise.
   *
   * @param clips how many there should be
   * @throws CheckpointException if the file is of another kind, and so must not be replaced
   */
  Lookup look(FeatureIdentity wanted, int clips) throws IOException {
    if (!Files.exists(file)) {
      return new Lookup(Optional.empty(), "there is no such file yet");
    }
    try (Safetensors saved = Safetensors.open(file)) {
      requireOurs(saved);
      List<String> differences = wanted.differences(saved.metadata());
      if (!differences.isEmpty()) {
        return new Lookup(Optional.empty(), String.join("; ", differences));
      }
      Optional<TensorInfo> info =
          saved.tensors().stream().filter(t -> t.name().equals(TENSOR)).findFirst();
      if (info.isEmpty() || info.get().shape().size() != 3 || info.get().shape().get(0) != clips) {
        return new Lookup(
            Optional.empty(), "it does not hold the features of %d clips".formatted(clips));
      }
      return new Lookup(Optional.of(saved.tensor(TENSOR)), "made from the same");
    }
  }

  /**
   * What was found.
   *
   * @param features in the innermost scope; empty if they must be computed
   * @param reason in words
   */
  record Lookup(Optional<Tensor> features, String reason) {}

  private void requireOurs(Safetensors saved) throws CheckpointException {
    if (!TUBELET_FEATURES.equals(saved.metadata().get(FORMAT))) {
      throw new CheckpointException(
          file, "is not a file of features and is left alone; name another for the cache");
    }
  }

  void write(Tensor features, FeatureIdentity identity) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, TUBELET_FEATURES);
    metadata.putAll(identity.toMetadata());
    Safetensors.write(file, Map.of(TENSOR, features), metadata);
  }
}

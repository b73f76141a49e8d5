package io.tubelet.probe;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a frozen backbone makes of labelled clips.
 *
 * @param features {@code [n, V, D]}: one vector for each of V views, or {@code [n, N, D]}: one for
 *     each token; any floating type. It stays its maker's to free
 * @param labels class of each clip, from 0
 * @param names of the clips, for messages and reports
 */
public record FeatureSet(Tensor features, int[] labels, List<String> names) {
  /** Values looked at together. */
  private static final long PORTION = 1 << 22;

  public FeatureSet {
    names = List.copyOf(names);
    Shapes.require(features, "features", -1, -1, -1);
    if (features.numel() == 0) {
      throw new IllegalArgumentException(
          "features must hold at least one value, got shape "
              + Arrays.toString(Shapes.of(features)));
    }
    if (features.size(0) != labels.length || labels.length != names.size()) {
      throw new IllegalArgumentException(
          "features, labels and names must be of as many clips: %d, %d and %d"
              .formatted(features.size(0), labels.length, names.size()));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0) {
        throw new IllegalArgumentException(
            "labels must be 0 or more: clip '%s' has %d".formatted(names.get(i), labels[i]));
      }
    }
  }

  /** Number of clips. */
  public int clips() {
    return labels.length;
  }

  /** Views or tokens of a clip. */
  public long views() {
    return features.size(1);
  }

  /** Length of a feature vector. */
  public long width() {
    return features.size(2);
  }

  /**
   * The first clip with a value that is no finite number.
   *
   * @param features {@code [n, ...]}
   */
  static OptionalInt firstNotFinite(Tensor features) {
    long portion = Math.max(1, PORTION * features.size(0) / features.numel());
    for (long first = 0; first < features.size(0); first += portion) {
      try (TensorScope scope = new TensorScope()) {
        long b = Math.min(portion, features.size(0) - first);
        Tensor finite = torch.isfinite(features.narrow(0, first, b)).flatten(1, -1).all(1); // [b]
        if (!finite.all().item_bool()) {
          return OptionalInt.of((int) (first + finite.to(ScalarType.Byte).argmin().item_long()));
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The clips of both, these first; the copy belongs to the innermost scope. */
  FeatureSet joinedWith(FeatureSet other) {
    Tensor both = torch.cat(new TensorVector(features, other.features));
    int[] bothLabels =
        IntStream.concat(Arrays.stream(labels), Arrays.stream(other.labels)).toArray();
    List<String> bothNames = new ArrayList<>(names);
    bothNames.addAll(other.names);
    return new FeatureSet(both, bothLabels, bothNames);
  }

  /** The label of each clip, {@code [n]} int64, beside the tensor that it is used with. */
  Tensor labelsBeside(Tensor other) {
    return HostArrays.ofLongs(Arrays.stream(labels).asLongStream().toArray(), labels.length)
        .to(other.device(), ScalarType.Long);
  }
}

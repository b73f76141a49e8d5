package io.tubelet.checkpoint;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * From a file into tensors that exist already, all or none: every name must have its counterpart
 * and every shape must agree before the first number is copied.
 */
public final class Weights {
  private Weights() {}

  /**
   * Copies every tensor of {@code file} into the one of the same name, in place and unseen by
   * autograd. Numbers with a fraction may change their width; types are not mixed otherwise.
   *
   * @throws CheckpointException listing everything missing, surplus, or of another shape or type
   */
  public static void copy(Safetensors file, Map<String, Tensor> into) throws IOException {
    requireFit(file, into);
    try (TensorScope scope = new TensorScope();
        NoGradGuard unseen = new NoGradGuard()) {
      for (Map.Entry<String, Tensor> target : into.entrySet()) {
        target.getValue().copy_(file.tensor(target.getKey()));
      }
    }
  }

  /**
   * Checks without copying.
   *
   * @throws CheckpointException as {@link #copy}
   */
  public static void requireFit(Safetensors file, Map<String, Tensor> into)
      throws CheckpointException {
    Map<String, TensorInfo> saved = new LinkedHashMap<>();
    file.tensors().forEach(info -> saved.put(info.name(), info));

    List<String> missing = new ArrayList<>();
    List<String> different = new ArrayList<>();
    into.forEach(
        (name, target) -> {
          TensorInfo info = saved.remove(name);
          if (info == null) {
            missing.add("%s %s".formatted(name, Arrays.toString(Shapes.of(target))));
          } else if (!Arrays.equals(info.sizes(), Shapes.of(target))) {
            different.add(
                "%s is %s in the file, %s here"
                    .formatted(name, info.shape(), Arrays.toString(Shapes.of(target))));
          } else if (!convertible(info.type(), ElementType.of(target))) {
            different.add(
                "%s is %s in the file, %s here"
                    .formatted(name, info.type(), target.scalar_type().intern()));
          }
        });
    List<String> surplus =
        saved.values().stream()
            .map(info -> "%s %s".formatted(SafetensorsHeader.shown(info.name()), info.shape()))
            .toList();

    if (!missing.isEmpty() || !surplus.isEmpty() || !different.isEmpty()) {
      throw new CheckpointException(
          file.file(),
          "does not fit: "
              + String.join(
                  "; ",
                  part(missing, "missing in the file"),
                  part(surplus, "in the file only"),
                  part(different, "different")));
    }
  }

  private static boolean convertible(ElementType from, Optional<ElementType> to) {
    return to.filter(type -> type == from || (type.isFloating() && from.isFloating())).isPresent();
  }

  private static String part(List<String> tensors, String what) {
    return "%d %s%s%s"
        .formatted(tensors.size(), what, tensors.isEmpty() ? "" : ": ", String.join(", ", tensors));
  }
}

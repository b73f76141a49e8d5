package io.tubelet.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Copies tensors by name, all or none. */
public final class StrictCopy {
  private StrictCopy() {}

  /**
   * Copies {@code values} into the tensors of the same names.
   *
   * @param complaint how the message begins when names or shapes differ
   * @throws IllegalArgumentException listing every missing and every surplus name, or the first
   *     tensor of another shape; nothing is copied then
   */
  public static void into(
      Map<String, Tensor> targets, Map<String, Tensor> values, String complaint) {
    List<String> missing = without(targets, values);
    List<String> surplus = without(values, targets);
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: missing %s, surplus %s".formatted(complaint, missing, surplus));
    }
    targets.forEach((name, target) -> requireSameShape(name, target, of(values, name), complaint));
    try (NoGradGuard noGrad = new NoGradGuard()) {
      targets.forEach((name, target) -> target.copy_(of(values, name)));
    }
  }

  private static List<String> without(Map<String, Tensor> names, Map<String, Tensor> others) {
    return names.keySet().stream().filter(name -> !others.containsKey(name)).toList();
  }

  private static Tensor of(Map<String, Tensor> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  private static void requireSameShape(String name, Tensor target, Tensor value, String complaint) {
    long[] wanted = Shapes.of(target);
    long[] given = Shapes.of(value);
    if (!Arrays.equals(wanted, given)) {
      throw new IllegalArgumentException(
          "%s: %s should be %s, got %s"
              .formatted(complaint, name, Arrays.toString(wanted), Arrays.toString(given)));
    }
  }
}

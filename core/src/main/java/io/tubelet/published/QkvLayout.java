package io.tubelet.published;

import io.tubelet.tensor.Shapes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Query, key and value as three tensors (mae_st) or as one on top of another (ours). */
final class QkvLayout {
  private static final String FUSED = ".attn.qkv.";
  private static final List<String> PARTS = List.of(".attn.q.", ".attn.k.", ".attn.v.");

  private QkvLayout() {}

  /** Three become one where the query's came; three that are not alike are left as they are. */
  static Map<String, Tensor> fuse(Map<String, Tensor> split) {
    Map<String, Tensor> fused = new LinkedHashMap<>();
    split.forEach(
        (name, tensor) -> {
          String query = queryOf(name);
          List<String> three = PARTS.stream().map(p -> query.replace(PARTS.get(0), p)).toList();
          if (!isPart(name) || !split.keySet().containsAll(three) || !areAlike(split, three)) {
            fused.put(name, tensor);
          } else if (name.equals(query)) {
            TensorVector parts = new TensorVector();
            three.forEach(part -> parts.push_back(split.get(part)));
            fused.put(query.replace(PARTS.get(0), FUSED), torch.cat(parts));
          }
        });
    return fused;
  }

  /** One becomes three. */
  static Map<String, Tensor> split(Map<String, Tensor> fused) {
    Map<String, Tensor> split = new LinkedHashMap<>();
    fused.forEach(
        (name, tensor) -> {
          if (!name.contains(FUSED)) {
            split.put(name, tensor);
            return;
          }
          long rows = tensor.size(0) / PARTS.size();
          for (int i = 0; i < PARTS.size(); i++) {
            split.put(name.replace(FUSED, PARTS.get(i)), tensor.narrow(0, i * rows, rows));
          }
        });
    return split;
  }

  /** Whether all have one shape, of a matrix or a vector. */
  private static boolean areAlike(Map<String, Tensor> tensors, List<String> names) {
    List<List<Long>> shapes =
        names.stream()
            .map(name -> Objects.requireNonNull(tensors.get(name)))
            .map(tensor -> Arrays.stream(Shapes.of(tensor)).boxed().toList())
            .distinct()
            .toList();
    return shapes.size() == 1 && !shapes.get(0).isEmpty();
  }

  private static boolean isPart(String name) {
    return PARTS.stream().anyMatch(name::contains);
  }

  private static String queryOf(String name) {
    String query = name;
    for (String part : PARTS) {
      query = query.replace(part, PARTS.get(0));
    }
    return query;
  }
}

package io.tubelet.convert;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.ElementType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Everything that may be done to weights so that they fit another model; nothing else is.
 *
 * @param tensors the weights at hand, under the names of the model that wants them
 * @param from the clip of the model they come from
 * @param to the clip of the model that wants them
 */
record Adaptations(Map<String, Tensor> tensors, ClipShape from, ClipShape to, Inflation inflation) {
  private static final String POSITIONS = "pos_embed.";
  private static final String PATCHES = "patch_embed.proj.weight";
  private static final String FUSED_BIAS = "attn.qkv.bias";
  private static final String QUERY_BIAS = "attn.q_bias";
  private static final String VALUE_BIAS = "attn.v_bias";
  private static final List<String> KINDS = List.of(PATCHES, FUSED_BIAS, QUERY_BIAS, VALUE_BIAS);

  Adaptations {
    tensors = inFloat32(tensors);
  }

  /** Those that may be computed with, as float32: half the bits would not survive it. */
  private static Map<String, Tensor> inFloat32(Map<String, Tensor> tensors) {
    Map<String, Tensor> adaptable = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          boolean isNumber = ElementType.of(tensor).filter(ElementType::isFloating).isPresent();
          if (isNumber && (name.contains(POSITIONS) || KINDS.stream().anyMatch(name::endsWith))) {
            adaptable.put(name, tensor.to(ScalarType.Float));
          }
        });
    return adaptable;
  }

  /** The value of a parameter; none where the weights have nothing to make it of. */
  Optional<Adapted> of(String name, long[] shape) {
    if (name.endsWith(PATCHES)) {
      return patches(name, shape);
    }
    if (name.endsWith(FUSED_BIAS)) {
      return fusedBias(name);
    }
    if (name.endsWith(QUERY_BIAS)) {
      return partOfBias(name, QUERY_BIAS, 0);
    }
    if (name.endsWith(VALUE_BIAS)) {
      return partOfBias(name, VALUE_BIAS, 2);
    }
    return new PositionTables(tensors, from, to).of(name);
  }

  private Optional<Adapted> patches(String name, long[] shape) {
    Tensor weight = tensors.get(name); // [D, 3, t, p, p]
    if (weight == null || weight.size(2) == shape[2]) {
      return Optional.empty();
    }
    if (weight.size(2) == 1) {
      return Optional.of(
          new Adapted(
              inflation.inflate(weight, shape[2]),
              List.of(name),
              "inflated to %d frames, %s".formatted(shape[2], inflation)));
    }
    return shape[2] == 1
        ? Optional.of(
            new Adapted(
                PatchProjection.deflated(weight),
                List.of(name),
                "deflated: summed over %d frames".formatted(weight.size(2))))
        : Optional.empty();
  }

  private Optional<Adapted> fusedBias(String name) {
    String block = name.substring(0, name.length() - FUSED_BIAS.length());
    Tensor query = tensors.get(block + QUERY_BIAS);
    Tensor value = tensors.get(block + VALUE_BIAS);
    return query == null || value == null
        ? Optional.empty()
        : Optional.of(
            new Adapted(
                torch.cat(new TensorVector(query, torch.zeros_like(query), value)),
                List.of(block + QUERY_BIAS, block + VALUE_BIAS),
                "q_bias, zeros for the key, v_bias"));
  }

  /** A third of the fused bias; the key's adds the same to all logits of a query: no loss. */
  private Optional<Adapted> partOfBias(String name, String part, int third) {
    String fusedName = name.substring(0, name.length() - part.length()) + FUSED_BIAS;
    Tensor fused = tensors.get(fusedName);
    if (fused == null) {
      return Optional.empty();
    }
    long width = fused.size(0) / 3;
    return Optional.of(
        new Adapted(
            fused.narrow(0, third * width, width),
            List.of(fusedName),
            "a third of the fused bias; the key's, which has no effect, is dropped"));
  }
}

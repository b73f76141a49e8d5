package io.tubelet.nn;

import io.tubelet.tensor.StrictCopy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameters and child layers under names.
 *
 * <p>Insertion order is part of the contract: it is the order of {@link #parameters()}, of
 * checkpoints and of the optimiser's buffers. A registry of our own rather than libtorch's module
 * tree, which would hand back children without their Java class.
 */
public abstract class Layer implements AutoCloseable {
  private final Map<String, Tensor> own = new LinkedHashMap<>();
  private final Map<String, Layer> children = new LinkedHashMap<>();
  private final List<Tensor> constants = new ArrayList<>();

  /** Declares a trained tensor; it outlives the scope it was made in. */
  protected final Tensor parameter(String name, Tensor initial) {
    Tensor parameter = initial.set_requires_grad(true);
    parameter.retainReference();
    if (own.putIfAbsent(name, parameter) != null) {
      throw new IllegalStateException("'" + name + "' is declared twice in one layer");
    }
    return parameter;
  }

  /** Declares a child; its parameters appear as {@code name.*}. */
  protected final <L extends Layer> L child(String name, L layer) {
    if (children.putIfAbsent(name, layer) != null) {
      throw new IllegalStateException("'" + name + "' is declared twice in one layer");
    }
    return layer;
  }

  /** Keeps a fixed tensor that is neither trained nor saved. */
  protected final Tensor constant(Tensor value) {
    value.retainReference();
    constants.add(value);
    return value;
  }

  /**
   * Every parameter at and below this layer, keyed as in a checkpoint: {@code
   * blocks.0.attn.qkv.weight}.
   */
  public final Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>(own);
    children.forEach(
        (name, child) -> child.parameters().forEach((key, p) -> all.put(name + "." + key, p)));
    return all;
  }

  /** Number of trained values. */
  public final long parameterCount() {
    return parameters().values().stream().mapToLong(Tensor::numel).sum();
  }

  /**
   * Copies values into the parameters.
   *
   * @param values one tensor for each parameter, under the names of {@link #parameters()}
   * @throws IllegalArgumentException listing every missing and every surplus name, or the first
   *     tensor of another shape; nothing is copied then
   */
  public final void load(Map<String, Tensor> values) {
    StrictCopy.into(parameters(), values, "the weights do not fit this model");
  }

  /** Frees the parameters. Closing twice does nothing. */
  @Override
  public void close() {
    own.values().forEach(Tensor::releaseReference);
    own.clear();
    constants.forEach(Tensor::releaseReference);
    constants.clear();
    children.values().forEach(Layer::close);
    children.clear();
  }
}

package io.tubelet.optim;

import io.tubelet.distributed.Ranks;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Adam with decoupled weight decay (https://arxiv.org/abs/1711.05101), as PyTorch computes it, with
 * clipping of the whole gradient's length.
 *
 * <p>A step whose loss or gradient is not finite changes nothing but a counter. That is decided on
 * the device, so that no step waits for a number to reach the host.
 */
public final class AdamW implements AutoCloseable {
  private static final double CLIP_EPSILON = 1e-6; // PyTorch's clip_grad_norm_ adds it
  private static final String MOMENT1 = "moment1.";
  private static final String MOMENT2 = "moment2.";
  private static final String STEPS = "steps";
  private static final String SKIPPED = "skipped";

  private final AdamWConfig config;
  private final List<FlatGroup> groups;
  private final Tensor steps; // [] double: updates made
  private final Tensor skipped; // [] double: updates refused

  /**
   * Takes over the parameters' storage: they become views of the optimiser's buffers and stay valid
   * as long as either lives.
   *
   * @param parameters all that is trained, on one device
   * @param groups every parameter in exactly one
   */
  public AdamW(Map<String, Tensor> parameters, List<ParameterGroup> groups, AdamWConfig config) {
    this(parameters, groups, config, Ranks.alone());
  }

  /**
   * As above, with the moments shared out among ranks: each keeps and updates its part (ZeRO, stage
   * 1: https://arxiv.org/abs/1910.02054). All must hold the same gradients at each step.
   *
   * @param sharing those ranks; a process on its own keeps all
   */
  public AdamW(
      Map<String, Tensor> parameters,
      List<ParameterGroup> groups,
      AdamWConfig config,
      Ranks sharing) {
    requireEachOnce(parameters, groups);
    this.config = config;
    this.groups =
        groups.stream()
            .filter(group -> !group.names().isEmpty())
            .map(group -> new FlatGroup(group, members(group, parameters), sharing))
            .toList();
    try (TensorScope scope = new TensorScope()) {
      Tensor like = this.groups.get(0).values();
      steps = counter(like);
      skipped = counter(like);
    }
  }

  private static Map<String, Tensor> members(ParameterGroup group, Map<String, Tensor> parameters) {
    Map<String, Tensor> members = new LinkedHashMap<>(parameters);
    members.keySet().retainAll(Set.copyOf(group.names()));
    return members;
  }

  private static Tensor counter(Tensor like) {
    Tensor zero =
        torch.zeros(new long[0], like.options().dtype(new ScalarTypeOptional(ScalarType.Double)));
    zero.retainReference();
    return zero;
  }

  private static void requireEachOnce(Map<String, Tensor> parameters, List<ParameterGroup> groups) {
    Set<String> seen = new LinkedHashSet<>();
    for (ParameterGroup group : groups) {
      for (String name : group.names()) {
        if (!seen.add(name)) {
          throw new IllegalArgumentException("parameter '" + name + "' is in two groups");
        }
      }
    }
    if (!seen.equals(parameters.keySet())) {
      Set<String> missing = new LinkedHashSet<>(parameters.keySet());
      missing.removeAll(seen);
      seen.removeAll(parameters.keySet());
      throw new IllegalArgumentException(
          "groups and parameters differ: in no group %s, unknown %s".formatted(missing, seen));
    }
  }

  /** All that is trained, a long vector for each group; they stay this object's. */
  public List<Tensor> values() {
    return groups.stream().map(FlatGroup::values).toList();
  }

  /** All gradients, laid out as the values are. */
  public List<Tensor> gradients() {
    return groups.stream().map(FlatGroup::gradients).toList();
  }

  /** Forgets the gradients. */
  public void zeroGrad() {
    groups.forEach(group -> group.gradients().zero_());
  }

  /**
   * Makes the parameters of other models the very values that are trained here; their gradients go
   * to the trained model's.
   *
   * @param replicas parameters of the same names and shapes, of each model
   */
  public ReplicaGradients share(List<Map<String, Tensor>> replicas) {
    return new ReplicaGradients(replicas.stream().map(this::share).toList());
  }

  private List<ReplicaGradients.Member> share(Map<String, Tensor> replica) {
    return groups.stream()
        .flatMap(group -> group.share(members(group.group(), replica)).stream())
        .toList();
  }

  /** The Euclidean length of the whole gradient: a number on the device. */
  public Tensor gradNorm() {
    TensorVector norms = new TensorVector();
    groups.forEach(group -> norms.push_back(group.gradients().norm()));
    return torch.stack(norms).norm();
  }

  /**
   * One update.
   *
   * @param lr learning rate before each group's factor
   * @param loss the number that was differentiated, on the device
   * @param gradNorm from {@link #gradNorm}, on the device
   */
  public void step(double lr, Tensor loss, Tensor gradNorm) {
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor finite = torch.isfinite(loss).logical_and(torch.isfinite(gradNorm)); // [] bool
      Tensor refused = finite.logical_not();
      steps.add_(finite);
      skipped.add_(refused);
      FusedStep step = new FusedStep(config, single(steps), single(refused), divisor(gradNorm));
      groups.forEach(group -> step.apply(group, lr * group.group().lrScale()));
      groups.forEach(FlatGroup::assemble);
    }
  }

  /** What brings the gradient down to the permitted length, at least 1. */
  private @Nullable Tensor divisor(Tensor gradNorm) {
    return config.clipNorm() == 0
        ? null
        : gradNorm
            .add(new Scalar(CLIP_EPSILON))
            .div(new Scalar(config.clipNorm()))
            .clamp_min(new Scalar(1.0));
  }

  private static Tensor single(Tensor number) {
    return number.to(ScalarType.Float);
  }

  /** Updates made so far. Reading it waits for the device. */
  public long steps() {
    return (long) steps.item_double();
  }

  /** Updates refused because loss or gradient was not finite. Reading it waits for the device. */
  public long skipped() {
    return (long) skipped.item_double();
  }

  /**
   * Everything a resumed run needs, by name: {@code moment1.<parameter>}, {@code
   * moment2.<parameter>}, {@code steps} and {@code skipped}. It belongs to the caller's scope; only
   * to be looked at. Ranks that share the moments must all call this; all but the first get no
   * moments.
   */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (FlatGroup group : groups) {
      group.collected(group.moment1()).forEach((name, view) -> state.put(MOMENT1 + name, view));
      group.collected(group.moment2()).forEach((name, view) -> state.put(MOMENT2 + name, view));
    }
    putCounters(state);
    return state;
  }

  private void putCounters(Map<String, Tensor> state) {
    state.put(STEPS, steps);
    state.put(SKIPPED, skipped);
  }

  /** Fills tensors with what was saved under their names. */
  @FunctionalInterface
  public interface Filling {
    void fill(Map<String, Tensor> state) throws IOException;
  }

  /** Goes on from a state: names and shapes are those of {@link #state} on the first rank. */
  public void restore(Filling saved) throws IOException {
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      List<Runnable> takings = new ArrayList<>();
      for (FlatGroup group : groups) {
        takings.add(room(group, MOMENT1, group.moment1(), state));
        takings.add(room(group, MOMENT2, group.moment2(), state));
      }
      putCounters(state);
      saved.fill(state);
      takings.forEach(Runnable::run);
    }
  }

  /** Puts tensors to be filled into a state; what is returned takes over what they then hold. */
  private static Runnable room(
      FlatGroup group, String prefix, Tensor moment, Map<String, Tensor> state) {
    Tensor room = group.room(moment);
    group.views(room).forEach((name, view) -> state.put(prefix + name, view));
    return () -> group.take(room, moment);
  }

  /** Frees the moments and counters; parameters and their gradients live on in the model. */
  @Override
  public void close() {
    groups.forEach(FlatGroup::close);
    steps.releaseReference();
    skipped.releaseReference();
  }
}

package io.tubelet.optim;

import io.tubelet.distributed.Ranks;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One group's parameters, gradients and moments, each as one long vector.
 *
 * <p>The parameters become views of the vector, and so do their gradients: what backward adds lands
 * in it. Every parameter starts at a multiple of 16 values, a cache line; the padding stays zero.
 *
 * <p>Where ranks share the moments (ZeRO, stage 1: https://arxiv.org/abs/1910.02054, section 5.1),
 * the vectors fall into as many stretches as there are ranks, and each keeps the moments of its
 * own.
 */
final class FlatGroup implements AutoCloseable {
  private static final long ALIGNMENT = 16;

  private final ParameterGroup group;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Ranks sharing;
  private final Tensor values;
  private final Tensor gradients;
  private final Tensor moment1; // of this rank's stretch
  private final Tensor moment2;

  /** Where a parameter lies in the vectors. */
  private record Place(long offset, long[] shape, long length) {
    Tensor in(Tensor flat) {
      return flat.narrow(0, offset, length).view(shape);
    }
  }

  /**
   * @param members the group's parameters, by name
   * @param sharing the ranks that share the moments
   */
  FlatGroup(ParameterGroup group, Map<String, Tensor> members, Ranks sharing) {
    this.group = group;
    this.sharing = sharing;
    try (TensorScope scope = new TensorScope()) {
      long end = 0;
      for (Map.Entry<String, Tensor> member : members.entrySet()) {
        Tensor parameter = member.getValue();
        places.put(member.getKey(), new Place(end, Shapes.of(parameter), parameter.numel()));
        end = multiple(end + parameter.numel(), ALIGNMENT);
      }
      long stretch = multiple(end, ALIGNMENT * sharing.size()) / sharing.size();
      Tensor like = members.values().iterator().next().detach();
      values = zeros(stretch * sharing.size(), like);
      gradients = zeros(stretch * sharing.size(), like);
      moment1 = zeros(stretch, like);
      moment2 = zeros(stretch, like);
      try (NoGradGuard noGrad = new NoGradGuard()) {
        Map<String, Tensor> valueViews = views(values);
        members.forEach((name, parameter) -> view(valueViews, name).copy_(parameter));
      }
      bind(members);
    }
  }

  /** The least multiple of {@code unit} that is not below {@code length}. */
  private static long multiple(long length, long unit) {
    return (length + unit - 1) / unit * unit;
  }

  /** Makes the parameters of a replica views of the values, without gradients of their own. */
  List<ReplicaGradients.Member> share(Map<String, Tensor> replica) {
    Map<String, Tensor> valueViews = views(values);
    Map<String, Tensor> gradientViews = views(gradients);
    List<ReplicaGradients.Member> members = new ArrayList<>();
    try (NoGradGuard noGrad = new NoGradGuard()) {
      replica.forEach(
          (name, parameter) -> {
            parameter.set_data(view(valueViews, name));
            members.add(new ReplicaGradients.Member(parameter, view(gradientViews, name)));
          });
    }
    return members;
  }

  private void bind(Map<String, Tensor> members) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      Map<String, Tensor> valueViews = views(values);
      Map<String, Tensor> gradientViews = views(gradients);
      members.forEach(
          (name, parameter) -> {
            parameter.set_data(view(valueViews, name));
            parameter.mutable_grad().put(view(gradientViews, name));
          });
    }
  }

  private static Tensor view(Map<String, Tensor> views, String name) {
    return Objects.requireNonNull(views.get(name), name);
  }

  private static Tensor zeros(long length, Tensor like) {
    Tensor zeros = torch.zeros(new long[] {length}, like.options());
    zeros.retainReference();
    return zeros;
  }

  /** The rule these parameters are updated by. */
  ParameterGroup group() {
    return group;
  }

  Tensor values() {
    return values;
  }

  Tensor gradients() {
    return gradients;
  }

  /** This rank's stretch of the values. */
  Tensor ownValues() {
    return own(values);
  }

  /** This rank's stretch of the gradients. */
  Tensor ownGradients() {
    return own(gradients);
  }

  private Tensor own(Tensor whole) {
    long stretch = moment1.numel();
    return whole.narrow(0, sharing.rank() * stretch, stretch);
  }

  /** Of this rank's stretch. */
  Tensor moment1() {
    return moment1;
  }

  /** Of this rank's stretch. */
  Tensor moment2() {
    return moment2;
  }

  /** Brings together the values that each rank has updated. */
  void assemble() {
    sharing.assemble(values);
  }

  /** A moment of all parameters, by name; on the first rank alone, empty elsewhere. */
  Map<String, Tensor> collected(Tensor moment) {
    return sharing.collect(moment).map(this::views).orElse(Map.of());
  }

  /** As long as all stretches of a moment together; the moment itself where there is one. */
  Tensor room(Tensor moment) {
    return sharing.size() == 1 ? moment : torch.zeros_like(values);
  }

  /** Takes this rank's stretch of what has been put there. */
  void take(Tensor room, Tensor moment) {
    moment.copy_(own(room)); // nothing to do where it is the same
  }

  /** Views of one of the vectors, by parameter; they belong to the caller's scope. */
  final Map<String, Tensor> views(Tensor flat) {
    Map<String, Tensor> views = new LinkedHashMap<>();
    places.forEach((name, place) -> views.put(name, place.in(flat)));
    return views;
  }

  @Override
  public void close() {
    for (Tensor flat : List.of(values, gradients, moment1, moment2)) {
      flat.releaseReference();
    }
  }
}

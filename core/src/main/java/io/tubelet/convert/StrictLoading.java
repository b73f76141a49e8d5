package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.clip.ClipShape;
import io.tubelet.model.PositionKind;
import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Puts weights into a model, all accounted for or none. */
public final class StrictLoading {
  private static final Compute CPU = Compute.CPU_FP32;
  private static final Compute NO_NUMBERS = new Compute(Precision.FP32, Placement.META);
  private static final String ENCODER = "encoder.";
  private static final String POSITIONS = "pos_embed.";

  private final ForeignWeights weights;
  private final ModelConfig wanted;
  private final TensorNames fresh;
  private final TensorNames leftOut;
  private final Adaptations adaptations;
  private final Map<String, Tensor> sources;

  private final List<String> loaded = new ArrayList<>();
  private final List<String> adapted = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> untold = new ArrayList<>();
  private final Set<String> used = new LinkedHashSet<>();

  private StrictLoading(ForeignWeights weights, ModelConfig wanted, LoadRequest request) {
    this.weights = weights;
    this.wanted = wanted;
    this.fresh = new TensorNames(request.fresh());
    this.leftOut = new TensorNames(request.leftOut());
    this.sources = sources(weights, wanted);
    this.adaptations =
        new Adaptations(sources, weights.config().clip(), wanted.clip(), request.inflation());
  }

  /**
   * Copies weights into {@code model}, which was built from {@code wanted}.
   *
   * <p>A pre-trained encoder may go into a classifier: its names lose {@code encoder.}.
   *
   * @return what became of every tensor
   * @throws CheckpointException listing everything unused and missing that {@code request} does not
   *     name; nothing is copied then
   */
  public static LoadReport into(
      Layer model, ModelConfig wanted, ForeignWeights weights, LoadRequest request)
      throws CheckpointException {
    try (TensorScope scope = new TensorScope();
        NoGradGuard unseen = new NoGradGuard()) {
      StrictLoading loading = new StrictLoading(weights, wanted, request);
      Map<String, Tensor> parameters = model.parameters();
      Map<String, Tensor> values = loading.values(parameters);
      LoadReport report = loading.report();
      parameters.forEach(
          (name, parameter) -> {
            Tensor value = values.get(name);
            if (value != null) {
              parameter.copy_(value);
            }
          });
      return report;
    }
  }

  /**
   * Makes weights of another model, without the model: tensors that need no change stay as they
   * are, in their number format; made and drawn ones are float32 and belong to the current scope.
   *
   * @param seed of the parameters that {@code request} wants fresh
   * @throws CheckpointException as {@link #into}
   */
  public static Fitted fit(
      ForeignWeights weights, ModelConfig wanted, LoadRequest request, long seed)
      throws CheckpointException {
    ModelBounds.requireClip(weights.file(), wanted.clip());
    try (TensorScope scope = new TensorScope();
        NoGradGuard unseen = new NoGradGuard();
        Layer outline = wanted.build(NO_NUMBERS)) {
      StrictLoading loading = new StrictLoading(weights, wanted, request);
      Map<String, Tensor> values = loading.values(outline.parameters());
      LoadReport report = loading.report();
      Map<String, Tensor> whole = new LinkedHashMap<>();
      try (Layer drawn = report.missing().isEmpty() ? outline : wanted.fresh(CPU, seed)) {
        drawn
            .parameters()
            .forEach(
                (name, fresh) -> {
                  Tensor value = values.get(name);
                  whole.put(name, scope.keep(value == null ? fresh.detach().clone() : value));
                });
      }
      return new Fitted(weights.changed(wanted, whole, report.changes()), report);
    }
  }

  /**
   * Weights of another model.
   *
   * @param weights whose configuration is the wanted one
   * @param report what became of every tensor
   */
  public record Fitted(ForeignWeights weights, LoadReport report) {}

  /** The weights under the names of the wanted kind of model. */
  private static Map<String, Tensor> sources(ForeignWeights weights, ModelConfig wanted) {
    boolean encoderAlone =
        !(weights.config() instanceof ModelConfig.Classifier)
            && wanted instanceof ModelConfig.Classifier;
    if (!encoderAlone) {
      return weights.tensors();
    }
    Map<String, Tensor> stripped = new LinkedHashMap<>();
    weights
        .tensors()
        .forEach(
            (name, tensor) ->
                stripped.put(
                    name.startsWith(ENCODER) ? name.substring(ENCODER.length()) : name, tensor));
    return stripped;
  }

  private Map<String, Tensor> values(Map<String, Tensor> parameters) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> value(name, Shapes.of(parameter)).ifPresent(v -> values.put(name, v)));
    return values;
  }

  private Optional<Tensor> value(String name, long[] shape) {
    Tensor source = sources.get(name);
    if (fresh.cover(name)) {
      missing.add(name + " " + Arrays.toString(shape) + " (new, as asked)");
      used.add(name);
      return Optional.empty();
    }
    if (source != null && fits(source, shape) && !isPositionOfOtherClip(name)) {
      loaded.add(name);
      used.add(name);
      return Optional.of(source);
    }
    Optional<Adapted> made =
        adaptations.of(name, shape).filter(value -> fits(value.value(), shape));
    if (made.isPresent()) {
      adapted.add("%s: %s".formatted(name, made.get().how()));
      used.addAll(made.get().from());
      return Optional.of(made.get().value());
    }
    String line =
        source == null
            ? "%s %s".formatted(name, Arrays.toString(shape))
            : "%s should be %s, is %s %s"
                .formatted(
                    name,
                    Arrays.toString(shape),
                    Arrays.toString(Shapes.of(source)),
                    source.scalar_type().intern());
    missing.add(line);
    untold.add(line);
    used.add(name);
    return Optional.empty();
  }

  private static boolean fits(Tensor tensor, long[] shape) {
    return Arrays.equals(Shapes.of(tensor), shape)
        && ElementType.of(tensor).filter(ElementType::isFloating).isPresent();
  }

  /** A table may have as many rows for another grid, and mean others. */
  private boolean isPositionOfOtherClip(String name) {
    ClipShape from = weights.config().clip();
    ClipShape to = wanted.clip();
    boolean otherPlaces = from.rows() != to.rows() || from.columns() != to.columns();
    boolean otherSlots = from.slots() != to.slots();
    return name.contains(POSITIONS)
        && ((otherPlaces && !name.endsWith(".class") && !name.endsWith(".temporal"))
            || (otherSlots && !name.endsWith(".class") && !name.endsWith(".spatial")));
  }

  private LoadReport report() throws CheckpointException {
    List<String> unused = new ArrayList<>(weights.ignored());
    List<String> unasked = new ArrayList<>();
    for (Map.Entry<String, Tensor> source : sources.entrySet()) {
      String name = source.getKey();
      if (used.contains(name)) {
        continue;
      }
      if (wanted.positions() == PositionKind.SIN_COS && name.contains(POSITIONS)) {
        adapted.add(name + ": replaced by computed sines and cosines");
        continue;
      }
      String line = "%s %s".formatted(name, Arrays.toString(Shapes.of(source.getValue())));
      unused.add(line);
      if (!leftOut.cover(name) && !fresh.cover(name)) {
        unasked.add(line);
      }
    }
    if (!unasked.isEmpty() || !untold.isEmpty()) {
      throw LoadReport.refusal(
          weights.file(),
          unasked,
          untold,
          "ask by name for what may be left out (--ignore) or drawn anew (--fresh)");
    }
    return new LoadReport(loaded, adapted, unused, missing);
  }
}

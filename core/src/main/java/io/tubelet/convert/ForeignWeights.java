package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.nn.Layer;
import io.tubelet.published.HuggingFaceVideoMaeConfig;
import io.tubelet.published.PublishedNames;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Weights from any source we know, under our names and in our layout, with the model they belong
 * to.
 *
 * <p>Known are the official programs' {@code .pth}, {@code .pyth} and {@code .pt} (weights at the
 * top or under {@code model}, {@code model_state}, {@code module}), Hugging Face folders of
 * VideoMAE and their {@code .safetensors}, and our own files and folders. Tensors are mapped and
 * keep the number format they were saved in; they belong to the innermost {@link TensorScope} and
 * to this object: both must stay open while they are used.
 */
public final class ForeignWeights implements AutoCloseable {
  /** Where a file comes from. */
  public enum Source {
    /** A file of ours, which describes its own model. */
    TUBELET,
    /** Hugging Face Transformers. */
    HUGGING_FACE,
    /** One of the papers' programs, or one that keeps their names. */
    OFFICIAL
  }

  private static final Compute NO_NUMBERS = new Compute(Precision.FP32, Placement.META);

  private final RawWeights raw;
  private final Source source;
  private final ModelConfig config;
  private final Map<String, Tensor> tensors;
  private final boolean hasHead;
  private final List<String> ignored;
  private final List<String> notes;
  private final List<String> missing;
  private final List<String> changes;

  private ForeignWeights(
      RawWeights raw,
      Source source,
      ModelConfig config,
      Map<String, Tensor> tensors,
      boolean hasHead,
      List<String> ignored,
      List<String> notes,
      List<String> missing,
      List<String> changes) {
    this.raw = raw;
    this.source = source;
    this.config = config;
    this.tensors = tensors;
    this.hasHead = hasHead;
    this.ignored = ignored;
    this.notes = notes;
    this.missing = missing;
    this.changes = changes;
  }

  private ForeignWeights(
      RawWeights raw,
      Source source,
      ModelConfig config,
      Map<String, Tensor> tensors,
      boolean hasHead,
      List<String> ignored,
      List<String> notes) {
    this(raw, source, config, tensors, hasHead, ignored, notes, List.of(), List.of());
  }

  /** These weights made to fit another model; {@code this} is closed with the result. */
  ForeignWeights changed(ModelConfig wanted, Map<String, Tensor> made, List<String> how) {
    return new ForeignWeights(raw, source, wanted, made, true, ignored, notes, List.of(), how);
  }

  private ForeignWeights lacking(List<String> parameters) {
    return new ForeignWeights(
        raw, source, config, tensors, hasHead, ignored, notes, parameters, changes);
  }

  /** Opens a file or folder that says everything itself. */
  public static ForeignWeights open(Path path) throws IOException {
    return open(path, Stated.NOTHING);
  }

  /**
   * Opens a file or folder.
   *
   * @throws IOException naming the file and what is wrong, not understood, or not said: then also
   *     the option of {@link Stated} to say it with
   */
  public static ForeignWeights open(Path path, Stated stated) throws IOException {
    RawWeights raw = RawWeights.open(path);
    try {
      ForeignWeights weights = recognised(raw, stated);
      return weights.lacking(weights.requireWhole(new TensorNames(stated.fresh())));
    } catch (IllegalArgumentException | ArithmeticException e) {
      raw.close();
      throw new CheckpointException(raw.file(), String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static ForeignWeights recognised(RawWeights raw, Stated stated) throws IOException {
    TensorNames leftOut = new TensorNames(stated.ignored());
    Map<String, Tensor> kept = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    raw.tensors()
        .forEach(
            (name, tensor) -> {
              if (leftOut.cover(name)) {
                ignored.add(name + " (as asked)");
              } else {
                kept.put(name, tensor);
              }
            });
    if (raw.ours().isPresent() && isOurContainer(raw)) {
      ModelConfig config = ModelConfig.of(raw.ours().get(), raw.file().toString());
      return new ForeignWeights(raw, Source.TUBELET, config, kept, true, ignored, List.of());
    }
    if (kept.keySet().stream().anyMatch(name -> name.startsWith("videomae."))) {
      return huggingFace(raw, kept, ignored);
    }
    return official(raw, kept, stated, ignored);
  }

  private static boolean isOurContainer(RawWeights raw) {
    return String.valueOf(raw.file().getFileName()).endsWith(".safetensors");
  }

  private static ForeignWeights huggingFace(
      RawWeights raw, Map<String, Tensor> theirs, List<String> ignored) throws CheckpointException {
    HuggingFaceVideoMaeConfig said =
        HuggingFaceVideoMaeConfig.read(
            raw.huggingFace()
                .orElseThrow(
                    () ->
                        new CheckpointException(
                            raw.file(),
                            "carries Hugging Face's names: put its config.json beside it")));
    ModelConfig config = HuggingFaceModel.ours(said, raw.preprocessing());
    Map<String, Tensor> ours = config.names().toOurs(said.kind().toOfficial(theirs));
    List<String> notes = new ArrayList<>();
    if (raw.preprocessing().isEmpty()) {
      notes.add("pixels: ImageNet's mean and deviation, as there is no preprocessor_config.json");
    }
    return new ForeignWeights(raw, Source.HUGGING_FACE, config, ours, true, ignored, notes);
  }

  private static ForeignWeights official(
      RawWeights raw, Map<String, Tensor> theirs, Stated stated, List<String> ignored)
      throws CheckpointException {
    OfficialState state = OfficialState.of(raw.file(), theirs);
    List<String> notes = new ArrayList<>(state.notes());
    requireKnown(raw.file(), state.names(), state.tensors());
    Map<String, Tensor> ours = state.names().toOurs(state.tensors());
    ours.replaceAll((name, tensor) -> projection(name, tensor, notes));
    ModelConfig config =
        raw.ours().isPresent()
            ? ModelConfig.of(raw.ours().get(), raw.file().toString())
            : new Inference(raw.file(), state, ours, raw.arguments(), stated, notes).config();
    return new ForeignWeights(raw, Source.OFFICIAL, config, ours, state.hasHead(), ignored, notes);
  }

  private static void requireKnown(Path file, PublishedNames names, Map<String, Tensor> tensors)
      throws CheckpointException {
    List<String> unknown = new ArrayList<>();
    tensors.forEach(
        (name, tensor) -> {
          if (names.ours(name).isEmpty()) {
            unknown.add("%s %s".formatted(name, Arrays.toString(Shapes.of(tensor))));
          }
        });
    if (!unknown.isEmpty()) {
      throw LoadReport.refusal(
          file, unknown, List.of(), "ask by name (--ignore) for what may be left out");
    }
  }

  /** Patch projections of images and of other channels, as ours are: {@code [D, 3, t, p, p]}. */
  private static Tensor projection(String name, Tensor tensor, List<String> notes) {
    boolean ofPatches = tensor.dim() == 4 || tensor.dim() == 5;
    if (!name.endsWith("patch_embed.proj.weight") || !ofPatches) {
      return tensor;
    }
    Tensor volume = PatchProjection.inThreeDimensions(tensor);
    if (tensor.dim() == 4) {
      notes.add("patches: an image model's, read as tubelets of one frame");
    }
    if (volume.size(1) != 3) {
      notes.add("patches: %d input channels made 3".formatted(volume.size(1)));
    }
    return PatchProjection.inRgb(volume);
  }

  /**
   * Compares names and shapes with those of the model, without making it.
   *
   * @param fresh parameters that need not be there, besides the head of an encoder alone
   * @return those that are not
   */
  private List<String> requireWhole(TensorNames fresh) throws CheckpointException {
    new ModelBounds(raw.file(), tensors).require(config);
    List<String> lacking = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, Tensor> surplus = new LinkedHashMap<>(tensors);
    try (TensorScope scope = new TensorScope();
        Layer model = config.build(NO_NUMBERS)) {
      model
          .parameters()
          .forEach(
              (name, parameter) -> {
                Tensor tensor = surplus.remove(name);
                String wanted = Arrays.toString(Shapes.of(parameter));
                if (tensor == null) {
                  boolean ofHead = name.startsWith("head.") || name.contains("norm.");
                  boolean allowed = fresh.cover(name) || (ofHead && !hasHead);
                  (allowed ? lacking : missing).add(name + " " + wanted);
                } else if (!Arrays.equals(Shapes.of(tensor), Shapes.of(parameter))) {
                  missing.add(
                      "%s should be %s, is %s"
                          .formatted(name, wanted, Arrays.toString(Shapes.of(tensor))));
                }
              });
    }
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw LoadReport.refusal(
          raw.file(),
          List.copyOf(surplus.keySet()),
          missing,
          "ask by name for what may be left out (--ignore) or drawn anew (--fresh)");
    }
    return lacking;
  }

  /** The file of tensors itself. */
  public Path file() {
    return raw.file();
  }

  public Source source() {
    return source;
  }

  /** The model, as far as known; {@link #notes} tells what was assumed. */
  public ModelConfig config() {
    return config;
  }

  /** Under our names, in the number format they were saved in. */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** False for an encoder alone, which needs a new head before it classifies. */
  public boolean hasHead() {
    return hasHead;
  }

  /** Parameters of the model that the file lacks, as was allowed; it is not whole without them. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /** What was done to make the weights fit another model than their own, a line each. */
  public List<String> changes() {
    return List.copyOf(changes);
  }

  /** Tensors left out because somebody asked for it. */
  public List<String> ignored() {
    return List.copyOf(ignored);
  }

  /** What was assumed and changed while reading, a sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The model with these weights, in float32 on the CPU; the caller closes it. */
  public Layer model() throws CheckpointException {
    Layer model = config.build(Compute.CPU_FP32);
    try {
      StrictLoading.into(model, config, this, LoadRequest.EXACT);
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public void close() {
    raw.close();
  }
}

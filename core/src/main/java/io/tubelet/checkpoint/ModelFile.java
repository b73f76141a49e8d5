package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A file of weights that says which model it belongs to, so that it can be used alone: to
 * reconstruct, to fine-tune, to look at.
 */
public final class ModelFile implements AutoCloseable {
  /** Its name inside a checkpoint; published folders of weights call it the same. */
  static final String NAME = "model.safetensors";

  private static final String FORMAT_VERSION = "tubelet.format";
  private static final String MODEL = "tubelet.model";
  private static final String PROVENANCE = "tubelet.provenance";
  private static final String ORIGIN = "tubelet.origin";

  private final Safetensors tensors;

  private ModelFile(Safetensors tensors) {
    this.tensors = tensors;
  }

  /**
   * Opens a file of weights, the one in a checkpoint's folder, or the newest of a run's folder.
   *
   * @throws CheckpointException if there is none, or it is damaged or of another format version
   */
  public static ModelFile open(Path path) throws IOException {
    Safetensors tensors = Safetensors.open(locate(path));
    String version = tensors.metadata().get(FORMAT_VERSION);
    if (version != null && !version.equals(Integer.toString(Checkpoint.FORMAT_VERSION))) {
      throw new CheckpointVersionException(tensors.file(), version, Checkpoint.FORMAT_VERSION);
    }
    return new ModelFile(tensors);
  }

  private static Path locate(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return path;
    }
    if (Files.exists(path.resolve(NAME))) {
      return path.resolve(NAME);
    }
    return new SavedSteps(path)
        .latest()
        .map(checkpoint -> checkpoint.folder().resolve(NAME))
        .orElseThrow(
            () -> new CheckpointException(path, "holds neither a checkpoint nor a " + NAME));
  }

  /** What the file says of itself. */
  static Map<String, String> metadata(JsonNode model, Provenance provenance) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt"); // other readers of safetensors ask for this
    metadata.put(FORMAT_VERSION, Integer.toString(Checkpoint.FORMAT_VERSION));
    metadata.put(MODEL, model.toString());
    metadata.put(PROVENANCE, provenance.toJson().toString());
    return metadata;
  }

  /**
   * Writes weights that no run of ours has made, with the model they belong to.
   *
   * @param model the configuration that {@link #configuration} gives back
   * @param origin where they come from
   */
  public static void write(Path file, Map<String, Tensor> tensors, JsonNode model, JsonNode origin)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(FORMAT_VERSION, Integer.toString(Checkpoint.FORMAT_VERSION));
    metadata.put(MODEL, model.toString());
    metadata.put(ORIGIN, origin.toString());
    Safetensors.write(file, tensors, metadata);
  }

  public Safetensors tensors() {
    return tensors;
  }

  /** Whether {@link #configuration} has an answer. */
  public boolean describesItself() {
    return tensors.metadata().containsKey(MODEL);
  }

  /**
   * The configuration of the model whose weights these are.
   *
   * @throws CheckpointException if the file does not say
   */
  public JsonNode configuration() throws CheckpointException {
    String text = tensors.metadata().get(MODEL);
    if (text == null) {
      throw new CheckpointException(
          tensors.file(), "does not say which model it belongs to (no metadata '" + MODEL + "')");
    }
    return JsonFile.parse(tensors.file(), text).node();
  }

  /** How the weights came to be; empty for files that other programs wrote. */
  public Optional<Provenance> provenance() throws CheckpointException {
    String text = tensors.metadata().get(PROVENANCE);
    return text == null
        ? Optional.empty()
        : Optional.of(Provenance.read(JsonFile.parse(tensors.file(), text)));
  }

  /**
   * Copies the weights into a model's parameters.
   *
   * @throws CheckpointException as {@link Weights#copy}
   */
  public void copyInto(Map<String, Tensor> parameters) throws IOException {
    Weights.copy(tensors, parameters);
  }

  @Override
  public void close() {
    tensors.close();
  }
}

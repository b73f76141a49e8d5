package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A run at one step, in a folder of its own. Holding one costs nothing: the weights stay in their
 * files until asked for.
 *
 * @param progress what the trainer had written into {@link TrainingState#progress}
 * @param files size and digest of each file of tensors, as it was written
 */
public record Checkpoint(
    Path folder, Provenance provenance, JsonNode progress, Map<String, FileDigest> files) {

  /** Raised whenever an older program could misread what this one writes. */
  public static final int FORMAT_VERSION = 1;

  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";

  public Checkpoint {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** Whether a folder is a checkpoint's, whole or not. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(STATE));
  }

  /**
   * Reads the state and compares the sizes of the files with it.
   *
   * @throws CheckpointException if anything is missing, cut short, or unreadable
   */
  public static Checkpoint open(Path folder) throws IOException {
    JsonFile state = JsonFile.read(folder.resolve(STATE));
    JsonNode version = state.any("formatVersion");
    if (!version.equals(JsonNodeFactory.instance.numberNode(FORMAT_VERSION))) {
      throw new CheckpointVersionException(state.file(), version.toString(), FORMAT_VERSION);
    }
    Map<String, FileDigest> files = new LinkedHashMap<>();
    for (String name : new String[] {ModelFile.NAME, OPTIMIZER}) {
      FileDigest written = FileDigest.read(state.child("files").child(name));
      requireSize(folder.resolve(name), written);
      files.put(name, written);
    }
    return new Checkpoint(
        folder, Provenance.read(state.child("provenance")), state.any("progress"), files);
  }

  private static void requireSize(Path file, FileDigest written) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(file, "there is no such file");
    }
    if (Files.size(file) != written.bytes()) {
      throw new CheckpointException(
          file, "has %d bytes, %d were written".formatted(Files.size(file), written.bytes()));
    }
  }

  /**
   * Writes a checkpoint into a folder that nobody looks at yet; the state comes last.
   *
   * @param folder empty, or not there
   */
  static void write(Disk disk, Path folder, TrainingState state, Provenance provenance)
      throws IOException {
    SafetensorsWriter model =
        new SafetensorsWriter(state.parameters(), ModelFile.metadata(state.model(), provenance));
    SafetensorsWriter optimizer = new SafetensorsWriter(state.optimizer(), Map.of());

    disk.createFolder(folder);
    ObjectNode files = JsonNodeFactory.instance.objectNode();
    files.set(
        ModelFile.NAME, FileDigest.ofWritten(disk, folder.resolve(ModelFile.NAME), model).toJson());
    files.set(OPTIMIZER, FileDigest.ofWritten(disk, folder.resolve(OPTIMIZER), optimizer).toJson());

    ObjectNode json = JsonNodeFactory.instance.objectNode().put("formatVersion", FORMAT_VERSION);
    json.set("provenance", provenance.toJson());
    json.set("progress", state.progress());
    json.set("files", files);
    byte[] text = JsonFile.text(json).getBytes(StandardCharsets.UTF_8);
    disk.write(folder.resolve(STATE), out -> SafetensorsWriter.pour(text, out));
    disk.syncFolder(folder);
  }

  /**
   * Reads every byte and compares it with what was written.
   *
   * @throws CheckpointException naming the first file that differs
   */
  public void verify() throws IOException {
    for (Map.Entry<String, FileDigest> written : files.entrySet()) {
      Path file = folder.resolve(written.getKey());
      FileDigest found = FileDigest.of(file);
      if (!found.equals(written.getValue())) {
        throw new CheckpointException(
            file,
            "is not what was written: SHA-256 is %s, was %s"
                .formatted(found.sha256(), written.getValue().sha256()));
      }
    }
  }

  /** The weights; the caller closes them. */
  public ModelFile model() throws IOException {
    return ModelFile.open(folder.resolve(ModelFile.NAME));
  }

  /** The moments, under the optimizer's names; the caller closes them. */
  public Safetensors optimizer() throws IOException {
    return Safetensors.open(folder.resolve(OPTIMIZER));
  }

  /**
   * Copies weights and moments into tensors that exist already; nothing is changed unless all fit.
   *
   * @throws CheckpointException as {@link Weights#copy}
   */
  public void copyInto(Map<String, Tensor> parameters, Map<String, Tensor> moments)
      throws IOException {
    try (ModelFile model = model();
        Safetensors optimizer = optimizer()) {
      Weights.requireFit(model.tensors(), parameters);
      Weights.requireFit(optimizer, moments);
      Weights.copy(model.tensors(), parameters);
      Weights.copy(optimizer, moments);
    }
  }
}

package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be said of weights without reading a number of them and without knowing their model.
 *
 * @param files one for a file; weights and moments for a checkpoint
 * @param provenance how they came to be, where somebody wrote it down
 * @param progress the trainer's counters; a checkpoint has them, a file of weights has not
 */
public record Inspection(
    List<Contents> files, Optional<Provenance> provenance, Optional<JsonNode> progress) {

  /**
   * One file of tensors.
   *
   * @param metadata what its writer said of the file as a whole
   */
  public record Contents(
      Path file, long bytes, List<TensorInfo> tensors, Map<String, String> metadata) {

    static Contents of(Safetensors file) throws IOException {
      return new Contents(file.file(), Files.size(file.file()), file.tensors(), file.metadata());
    }

    /** Numbers in all tensors together. */
    public long elements() {
      return tensors.stream().mapToLong(TensorInfo::elements).sum();
    }
  }

  public Inspection {
    files = List.copyOf(files);
  }

  /**
   * Looks at a safetensors file, a checkpoint's folder, or the newest checkpoint of a run's folder.
   *
   * @throws CheckpointException if there is none, or it is damaged
   */
  public static Inspection of(Path path) throws IOException {
    List<Contents> files = new ArrayList<>();
    try (ModelFile model = ModelFile.open(path)) {
      files.add(Contents.of(model.tensors()));
      Path folder = model.tensors().file().toAbsolutePath().getParent();
      if (Files.isDirectory(path) && folder != null && Checkpoint.isIn(folder)) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        try (Safetensors optimizer = checkpoint.optimizer()) {
          files.add(Contents.of(optimizer));
        }
        return new Inspection(
            files, Optional.of(checkpoint.provenance()), Optional.of(checkpoint.progress()));
      }
      return new Inspection(files, model.provenance(), Optional.empty());
    }
  }
}

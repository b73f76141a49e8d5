package io.tubelet.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.FileDigest;
import io.tubelet.checkpoint.ModelFile;
import io.tubelet.checkpoint.Safetensors;
import io.tubelet.pickle.TorchWriter;
import io.tubelet.published.HuggingFaceVideoMaeConfig;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes weights as another program reads them. No number changes: reading back gives the same
 * bits, and the same model, as the official layouts are given our description beside the weights.
 */
public final class Converter {
  private static final String HUGGING_FACE_WEIGHTS = "model.safetensors";
  private static final String SUFFIX = ".safetensors";

  private Converter() {}

  /**
   * Writes {@code weights} to {@code out}: a file, or for {@link Format#HUGGINGFACE} a folder.
   *
   * @throws IllegalArgumentException if the format cannot hold this model, with the reason
   * @throws FileAlreadyExistsException if {@code out} is there
   */
  public static void write(ForeignWeights weights, Format format, Path out) throws IOException {
    if (Files.exists(out)) {
      throw new FileAlreadyExistsException(out.toString());
    }
    if (!weights.missing().isEmpty()) {
      throw new CheckpointException(
          weights.file(),
          "is no whole model: it lacks %s; ask for a new head (--new-head) or by name for what may"
                  .formatted(weights.missing())
              + " be drawn anew (--fresh)");
    }
    Layouts.require(format, weights.config());
    Path folder = out.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    switch (format) {
      case TUBELET -> writeOurs(weights, out);
      case VIDEOMAE, MAE_ST -> writeOfficial(weights, out);
      case HUGGINGFACE -> writeHuggingFace(weights, out);
    }
  }

  private static void writeOurs(ForeignWeights weights, Path out) throws IOException {
    if (!String.valueOf(out.getFileName()).endsWith(SUFFIX)) {
      throw new IllegalArgumentException("%s: a file of ours is called *%s".formatted(out, SUFFIX));
    }
    ModelFile.write(out, weights.tensors(), weights.config().tree(), origin(weights));
  }

  private static JsonNode origin(ForeignWeights weights) throws IOException {
    FileDigest digest = FileDigest.of(weights.file());
    ObjectNode origin =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", String.valueOf(weights.file().getFileName()))
            .put("source", weights.source().toString())
            .put("bytes", digest.bytes())
            .put("sha256", digest.sha256());
    if (!weights.changes().isEmpty()) {
      weights.changes().forEach(origin.putArray("changes")::add);
    }
    return origin;
  }

  /** {@code {"model": state dict, "tubelet.model": our description}}. */
  private static void writeOfficial(ForeignWeights weights, Path out) throws IOException {
    Map<String, Tensor> theirs = weights.config().names().toTheirs(weights.tensors());
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("model", theirs);
    root.put(RawWeights.OURS, weights.config().tree().toString());
    TorchWriter.write(out, root);
  }

  private static void writeHuggingFace(ForeignWeights weights, Path out) throws IOException {
    HuggingFaceVideoMaeConfig config = HuggingFaceModel.theirs(weights.config());
    Map<String, Tensor> theirs =
        config.kind().toTheirs(weights.config().names().toTheirs(weights.tensors()));
    Path partial = out.resolveSibling(out.getFileName() + ".partial");
    try {
      Files.createDirectory(partial);
      Safetensors.write(partial.resolve(HUGGING_FACE_WEIGHTS), theirs, Map.of("format", "pt"));
      Files.writeString(partial.resolve(RawWeights.CONFIG), config.write().toPrettyString() + "\n");
      Files.writeString(
          partial.resolve(RawWeights.PREPROCESSING),
          HuggingFaceModel.preprocessing(weights.config()).write().toPrettyString() + "\n");
      Files.move(partial, out, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      for (String name :
          List.of(HUGGING_FACE_WEIGHTS, RawWeights.CONFIG, RawWeights.PREPROCESSING)) {
        Files.deleteIfExists(partial.resolve(name));
      }
      Files.deleteIfExists(partial);
    }
  }
}

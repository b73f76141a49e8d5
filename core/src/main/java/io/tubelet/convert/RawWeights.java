package io.tubelet.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.ModelFile;
import io.tubelet.checkpoint.Safetensors;
import io.tubelet.pickle.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a file, before anyone asks whose names these are.
 *
 * @param file the file of tensors itself
 * @param tensors under the file's own names
 * @param arguments of the program that saved them, where they were saved too
 * @param ours our own description of the model, where the file carries one
 * @param huggingFace the folder's {@code config.json}, where there is one
 * @param preprocessing the folder's {@code preprocessor_config.json}, where there is one
 * @param open what must stay open while the tensors are used
 */
record RawWeights(
    Path file,
    Map<String, Tensor> tensors,
    SavedArguments arguments,
    Optional<JsonNode> ours,
    Optional<JsonNode> huggingFace,
    Optional<JsonNode> preprocessing,
    Handle open)
    implements AutoCloseable {
  static final String CONFIG = "config.json";
  static final String PREPROCESSING = "preprocessor_config.json";

  /** Our description of the model inside a {@code .pth}. */
  static final String OURS = "tubelet.model";

  private static final List<String> HUGGING_FACE_FILES =
      List.of("model.safetensors", "pytorch_model.bin");
  private static final long MAX_JSON_BYTES = 16 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Something to close that throws nothing. */
  interface Handle extends AutoCloseable {
    @Override
    void close();
  }

  static RawWeights open(Path path) throws IOException {
    if (Files.isDirectory(path) && Files.exists(path.resolve(CONFIG))) {
      for (String name : HUGGING_FACE_FILES) {
        if (Files.exists(path.resolve(name))) {
          return ofFile(path.resolve(name));
        }
      }
      throw new CheckpointException(
          path, "has a %s but none of %s".formatted(CONFIG, HUGGING_FACE_FILES));
    }
    if (Files.isDirectory(path)) {
      return ofSafetensors(path);
    }
    return ofFile(path);
  }

  private static RawWeights ofFile(Path file) throws IOException {
    return String.valueOf(file.getFileName()).endsWith(".safetensors")
        ? ofSafetensors(file)
        : ofTorch(file);
  }

  private static RawWeights ofSafetensors(Path path) throws IOException {
    ModelFile file = ModelFile.open(path);
    try {
      Safetensors tensors = file.tensors();
      boolean describesItself = file.describesItself();
      return new RawWeights(
          tensors.file(),
          tensors.load(),
          SavedArguments.NONE,
          describesItself ? Optional.of(file.configuration()) : Optional.empty(),
          describesItself ? Optional.empty() : beside(tensors.file(), CONFIG),
          describesItself ? Optional.empty() : beside(tensors.file(), PREPROCESSING),
          file::close);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RawWeights ofTorch(Path path) throws IOException {
    TorchFile file = TorchFile.open(path);
    try {
      Map<String, Tensor> state = file.stateDict();
      Map<String, Object> others = file.otherEntries();
      boolean huggingFace = String.valueOf(path.getFileName()).equals(HUGGING_FACE_FILES.get(1));
      return new RawWeights(
          path,
          state,
          SavedArguments.of(others.get("args")),
          others.get(OURS) instanceof String text
              ? Optional.of(parse(path, text))
              : Optional.empty(),
          huggingFace ? beside(path, CONFIG) : Optional.empty(),
          huggingFace ? beside(path, PREPROCESSING) : Optional.empty(),
          file::close);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Optional<JsonNode> beside(Path file, String name) throws IOException {
    Path json = file.resolveSibling(name);
    if (!Files.isRegularFile(json)) {
      return Optional.empty();
    }
    if (Files.size(json) > MAX_JSON_BYTES) {
      throw new CheckpointException(
          json, "has %d bytes, at most %d are read".formatted(Files.size(json), MAX_JSON_BYTES));
    }
    return Optional.of(parse(json, Files.readString(json)));
  }

  private static JsonNode parse(Path file, String text) throws CheckpointException {
    try {
      @Nullable JsonNode tree = JSON.readTree(text);
      if (tree == null || !tree.isObject()) {
        throw new CheckpointException(file, "its description is not a JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new CheckpointException(file, "is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public void close() {
    open.close();
  }
}

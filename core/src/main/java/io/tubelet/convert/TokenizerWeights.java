package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import io.tubelet.tokenizer.DvaeConfig;
import io.tubelet.tokenizer.DvaeEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The encoder of a tokenizer from a file: a run's folder or checkpoint of ours, or a state dict
 * with the names of the public image tokenizer's encoder, {@code blocks.input.w} and so on, as a
 * {@code .pth} or {@code .safetensors}. Its sizes are read off its tensors.
 */
public final class TokenizerWeights {
  private static final String ENCODER = "encoder.";
  private static final String DECODER = "decoder.";
  private static final String INPUT = "blocks.input.w";
  private static final String OUTPUT = "blocks.output.conv.w";

  private TokenizerWeights() {}

  /**
   * Loads an encoder; the caller closes it.
   *
   * @throws CheckpointException naming the file and what it lacks or has besides
   */
  public static DvaeEncoder encoder(Path path, Compute compute) throws IOException {
    try (TensorScope scope = new TensorScope();
        RawWeights raw = RawWeights.open(path)) {
      Map<String, Tensor> weights = ofEncoder(raw.tensors());
      DvaeEncoder encoder = new DvaeEncoder(config(weights, raw.file()), compute);
      try {
        encoder.load(weights);
        return encoder;
      } catch (IllegalArgumentException e) {
        encoder.close();
        throw new CheckpointException(raw.file(), String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Under the encoder's own names, without a decoder that lies beside it. */
  private static Map<String, Tensor> ofEncoder(Map<String, Tensor> tensors) {
    boolean both = tensors.keySet().stream().anyMatch(name -> name.startsWith(ENCODER));
    Map<String, Tensor> encoder = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (!both) {
            encoder.put(name, tensor);
          } else if (!name.startsWith(DECODER)) {
            encoder.put(name.startsWith(ENCODER) ? name.substring(ENCODER.length()) : name, tensor);
          }
        });
    return encoder;
  }

  private static DvaeConfig config(Map<String, Tensor> weights, Path file)
      throws CheckpointException {
    Tensor input = weights.get(INPUT);
    Tensor output = weights.get(OUTPUT);
    if (input == null || output == null || input.dim() != 4 || output.dim() != 4) {
      throw new CheckpointException(
          file,
          "is no tokenizer: it needs %s and %s, as the public image tokenizer's encoder has them"
              .formatted(INPUT, OUTPUT));
    }
    int blocks = 0;
    while (weights.containsKey("blocks.group_1.block_%d.res_path.conv_1.w".formatted(blocks + 1))) {
      blocks++;
    }
    try {
      return new DvaeConfig(
          Math.toIntExact(input.size(0)),
          Math.toIntExact(output.size(0)),
          blocks,
          DvaeConfig.DALL_E.embedding()); // of the decoder, which is not built
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file, "is no tokenizer: " + e.getMessage(), e);
    }
  }
}

package io.tubelet.run;

import io.tubelet.checkpoint.Safetensors;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What lies in the files of a checkpoint. */
final class SavedTensors {
  private SavedTensors() {}

  /** The bytes of all tensors; the head before them tells the time of writing. */
  static byte[] bytes(Path safetensors) throws IOException {
    byte[] all = Files.readAllBytes(safetensors);
    int header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Arrays.copyOfRange(all, 8 + header, all.length);
  }

  /** The values of every tensor. */
  static Map<String, float[]> floats(Path safetensors) throws IOException {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (var scope = new TensorScope();
        Safetensors file = Safetensors.open(safetensors)) {
      file.load().forEach((name, tensor) -> values.put(name, HostArrays.toFloats(tensor)));
    }
    return values;
  }
}

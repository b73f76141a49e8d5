package io.tubelet.convert;

import io.tubelet.checkpoint.Inspection;
import io.tubelet.checkpoint.TensorInfo;
import io.tubelet.pickle.Opaque;
import io.tubelet.pickle.TorchFile;
import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** What lies in a file or folder of weights of any kind, without a model. */
public final class FileContents {
  private static final int LONGEST = 2000;

  private FileContents() {}

  /**
   * Looks at a safetensors file, a checkpoint, a run, a Hugging Face folder, or a file that {@code
   * torch.save} wrote.
   *
   * @throws IOException naming the file, if it is damaged or not understood
   */
  public static Inspection of(Path path) throws IOException {
    boolean safetensors =
        Files.isDirectory(path) || String.valueOf(path.getFileName()).endsWith(".safetensors");
    return safetensors ? Inspection.of(path) : ofTorch(path);
  }

  private static Inspection ofTorch(Path path) throws IOException {
    try (TensorScope scope = new TensorScope();
        TorchFile file = TorchFile.open(path)) {
      List<TensorInfo> tensors = new ArrayList<>();
      Map<String, String> others = new LinkedHashMap<>();
      file.wrapper().ifPresent(key -> others.put("weights lie under", key));
      for (Map.Entry<String, Tensor> entry : file.stateDict().entrySet()) {
        Optional<ElementType> type = ElementType.of(entry.getValue());
        List<Long> shape = Arrays.stream(Shapes.of(entry.getValue())).boxed().toList();
        if (type.isPresent()) {
          tensors.add(new TensorInfo(entry.getKey(), type.get(), shape));
        } else {
          others.put(entry.getKey(), entry.getValue().scalar_type().intern() + " " + shape);
        }
      }
      file.otherEntries().forEach((key, value) -> others.put(key, shown(value)));
      Inspection.Contents contents =
          new Inspection.Contents(path, Files.size(path), tensors, others);
      return new Inspection(List.of(contents), Optional.empty(), Optional.empty());
    }
  }

  private static String shown(@Nullable Object value) {
    String text;
    if (value instanceof Tensor tensor) {
      text = "tensor " + Arrays.toString(Shapes.of(tensor));
    } else if (value instanceof Opaque object) {
      text = object.type() + " " + shown(object.state());
    } else if (value instanceof Map<?, ?> map
        && map.values().stream().anyMatch(Map.class::isInstance)) {
      text = "map of %d: %s".formatted(map.size(), map.keySet());
    } else {
      text = String.valueOf(value);
    }
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }
}

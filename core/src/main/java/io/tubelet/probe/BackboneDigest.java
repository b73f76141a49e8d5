package io.tubelet.probe;

import io.tubelet.file.Sha256;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a model's weights are recognised by: SHA-256 over names, types, shapes and bytes, whatever
 * the order and the device. Taken before and after a probe it proves that the backbone stayed
 * frozen.
 *
 * @param sha256 of the whole, in hexadecimal
 * @param tensors the digest of each tensor by name
 */
public record BackboneDigest(String sha256, SortedMap<String, String> tensors) {
  private static final long PIECE_BYTES = 16 << 20;

  public BackboneDigest {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /** Reads every number once. */
  public static BackboneDigest of(Map<String, Tensor> weights) {
    SortedMap<String, String> tensors = new TreeMap<>();
    weights.forEach((name, tensor) -> tensors.put(name, digest(tensor)));
    Sha256 whole = new Sha256();
    tensors.forEach((name, digest) -> add(whole, name + "\n" + digest + "\n"));
    return new BackboneDigest(whole.hex(), tensors);
  }

  private static String digest(Tensor tensor) {
    Sha256 sha256 = new Sha256();
    add(sha256, tensor.scalar_type().intern() + Arrays.toString(Shapes.of(tensor)));
    try (TensorScope scope = new TensorScope()) {
      Tensor bytes = tensor.detach().cpu().contiguous().flatten().view(ScalarType.Byte);
      for (long at = 0; at < bytes.numel(); at += PIECE_BYTES) {
        long length = Math.min(PIECE_BYTES, bytes.numel() - at);
        sha256.add(ByteBuffer.wrap(HostArrays.toBytes(bytes.narrow(0, at, length))));
      }
    }
    return sha256.hex();
  }

  private static void add(Sha256 sha256, String text) {
    sha256.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Proof that nothing changed since.
   *
   * @throws IllegalStateException naming every tensor that changed, came or went
   */
  public void requireUnchanged(Map<String, Tensor> weights) {
    BackboneDigest now = of(weights);
    if (!now.sha256.equals(sha256)) {
      TreeSet<String> names = new TreeSet<>(tensors.keySet());
      names.addAll(now.tensors.keySet());
      List<String> changed =
          names.stream()
              .filter(name -> !Objects.equals(tensors.get(name), now.tensors.get(name)))
              .toList();
      throw new IllegalStateException(
          "the backbone must stay frozen, but %d of its %d tensors changed: %s"
              .formatted(changed.size(), tensors.size(), String.join(", ", changed)));
    }
  }
}

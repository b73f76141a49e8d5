package io.tubelet.pickle;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Tensors that lie in the file: mapped whole, once, and copied page by page where someone writes to
 * them, so the file itself never changes.
 *
 * <p>A storage that begins at an odd place, as the older format has them, is copied. Tensors that
 * shared a storage share it again.
 */
final class MappedTensors implements PlainTree.Tensors<Tensor> {

  /** A storage's bytes as part of something larger. */
  private record Place(Tensor numbers, long firstElement) {}

  private final Path file;
  private final long fileBytes;
  private final Map<String, Extent> extents;
  private final TensorScope scope;
  private final Map<String, Place> places = new HashMap<>();
  private final List<Tensor> made = new ArrayList<>();
  private @Nullable Tensor whole;

  /**
   * @param scope frees what is made on the way; results outlive it
   */
  MappedTensors(Path file, long fileBytes, Map<String, Extent> extents, TensorScope scope) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.extents = extents;
    this.scope = scope;
  }

  /** Every tensor given out. */
  List<Tensor> made() {
    return made;
  }

  @Override
  public Tensor of(TensorLayout layout) throws PickleException {
    StorageReference storage = layout.storage();
    Extent extent = extents.get(storage.key());
    if (extent == null || extent.bytes() != storage.bytes()) {
      throw new PickleException(
          "storage '%s' has %d bytes, should have %d"
              .formatted(storage.key(), extent == null ? 0 : extent.bytes(), storage.bytes()));
    }
    if (storage.bytes() == 0) {
      return given(torch.empty(layout.sizes(), options(storage.type()), null));
    }
    Place place = places.get(storage.key());
    if (place == null) {
      place = place(storage.type(), extent);
      places.put(storage.key(), place);
    }
    return given(view(layout, place));
  }

  @Override
  public Tensor of(InlineTensor tensor) {
    ElementType type = tensor.layout().storage().type();
    if (tensor.data().length == 0) {
      return given(torch.empty(tensor.layout().sizes(), options(type), null));
    }
    try (BytePointer data = new BytePointer(tensor.data())) {
      long[] length = {tensor.data().length};
      Tensor bytes = torch.from_blob(data, length, new TensorOptions(ScalarType.Byte)).clone();
      return given(view(tensor.layout(), new Place(bytes.view(type.scalarType()), 0)));
    }
  }

  private Place place(ElementType type, Extent extent) {
    if (whole == null) {
      whole =
          torch.from_file(
              file.toString(),
              new BoolOptional(false), // private: writes stay in memory
              new LongOptional(fileBytes),
              new TensorOptions(ScalarType.Byte));
    }
    Tensor bytes = whole.narrow(0, extent.offset(), extent.bytes());
    boolean aligned = extent.offset() % type.width() == 0;
    return aligned
        ? new Place(bytes.view(type.scalarType()), extent.offset() / type.width())
        : new Place(bytes.clone().view(type.scalarType()), 0);
  }

  private static Tensor view(TensorLayout layout, Place place) {
    return place
        .numbers()
        .as_strided(
            layout.sizes(),
            layout.strides(),
            new LongOptional(place.firstElement() + layout.offset()));
  }

  private static TensorOptions options(ElementType type) {
    return new TensorOptions(type.scalarType());
  }

  private Tensor given(Tensor tensor) {
    made.add(scope.keep(tensor));
    return tensor;
  }
}

package io.tubelet.pickle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The layout since PyTorch 1.6: a zip with {@code NAME/data.pkl} and {@code NAME/data/KEY}. */
final class ZipFormat {
  private static final String PICKLE = "/data.pkl";
  private static final int NOTE_BYTES = 1 << 10;

  private ZipFormat() {}

  static Content read(FileChannel channel, PickleLimits limits) throws IOException {
    StoredZip zip = StoredZip.open(channel);
    String root = root(zip);
    requireLittleEndian(zip, root + "/byteorder");
    byte[] bytes = zip.bytes(root + PICKLE, limits.pickleBytes());
    Pickle pickle =
        PickleReader.read(new ByteArrayInputStream(bytes), bytes.length, root + PICKLE, limits);
    Map<String, Extent> storages = new HashMap<>();
    for (String key : pickle.storages().keySet()) {
      storages.put(key, zip.extent(root + "/data/" + key));
    }
    return new Content(pickle, storages);
  }

  /** The one folder everything lies in. */
  private static String root(StoredZip zip) throws PickleException {
    String root = null;
    for (String name : zip.names()) {
      if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
        if (root != null) {
          throw new PickleException(
              "has two pickles, '%s' and '%s'".formatted(root + PICKLE, name));
        }
        root = name.substring(0, name.length() - PICKLE.length());
      }
    }
    if (root == null) {
      throw new PickleException("is a zip without data.pkl, so not one that torch.save wrote");
    }
    if (zip.has(root + "/constants.pkl")) {
      throw new PickleException("is a TorchScript program; only saved tensors are read");
    }
    return root;
  }

  private static void requireLittleEndian(StoredZip zip, String name) throws IOException {
    if (zip.has(name)) {
      String order = new String(zip.bytes(name, NOTE_BYTES), StandardCharsets.US_ASCII).strip();
      if (!order.equals("little")) {
        throw new PickleException("its numbers are '%s'-endian, little is read".formatted(order));
      }
    }
  }
}

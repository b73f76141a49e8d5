package io.tubelet.clip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Reads what the official programs gave for sampling, crops and augmentation: from the folder that
 * {@code -Dtubelet.fixtures} names or the full set beside the repository, else the bundled files.
 */
public final class ClipFixtures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClipFixtures() {}

  /** A JSON file; the test is skipped where there is none. */
  public static JsonNode json(String name) throws IOException {
    return JSON.readTree(file(name).toFile());
  }

  /** The raw bytes of one tensor of a safetensors file, little endian. */
  public static ByteBuffer tensor(String name, String key) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file(name)));
    all.order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(all.getLong(0));
    JsonNode place = JSON.readTree(all.array(), 8, header).get(key).get("data_offsets");
    int from = 8 + header + place.get(0).asInt();
    int to = 8 + header + place.get(1).asInt();
    return all.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
  }

  public static byte[] bytes(String name, String key) throws IOException {
    ByteBuffer raw = tensor(name, key);
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    return bytes;
  }

  public static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }

  private static Path file(String name) {
    String folder = System.getProperty("tubelet.fixtures", "");
    Path file =
        folder.isEmpty()
            ? Path.of(System.getProperty("tubelet.root", ".."), "../shared/fixtures", name)
            : Path.of(folder, name);
    if (Files.exists(file)) {
      return file;
    }
    URL bundled = ClipFixtures.class.getResource("/fixtures/" + name);
    assumeTrue(bundled != null, () -> "no fixture " + name);
    try {
      return Path.of(bundled.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.tubelet.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tubelet.tensor.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a safetensors file, believed only after every check.
 *
 * <pre>{@code
 * 8 bytes   n, unsigned, little-endian
 * n bytes   JSON: {"__metadata__": {text: text}, name: {"dtype", "shape", "data_offsets"}, ...}
 * the rest  the tensors, side by side without gap or overlap; offsets count from here
 * }</pre>
 *
 * <p>Parsed as a stream: a hostile header costs no more memory than the tensors it really lists.
 *
 * @param entries in the header's order
 * @param fileBytes the size of the whole file, for which the offsets were checked
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long fileBytes) {

  /** A tensor and where its bytes begin, counted from the start of the file. */
  record Entry(TensorInfo info, long begin) {}

  static final String METADATA = "__metadata__";

  /**
   * Enough for a hundred thousand tensors; the largest published model here has under a thousand.
   */
  static final int MAX_HEADER_BYTES = 16 << 20;

  // Names are data here, not a vocabulary: caching them would let a file fill the cache.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /**
   * Reads and checks the head of a file.
   *
   * @throws CheckpointException naming the file, the tensor and what is wrong
   */
  static SafetensorsHeader read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          file, Files.exists(file) ? "is not a regular file" : "there is no such file");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long fileBytes = channel.size();
      long headerBytes = checkedLength(file, channel, fileBytes);
      ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
      readFully(file, channel, json, Long.BYTES);
      return new Parser(file, Long.BYTES + headerBytes, fileBytes).parse(text(file, json));
    } catch (NoSuchFileException e) {
      throw new CheckpointException(file, "there is no such file", e);
    }
  }

  private static long checkedLength(Path file, FileChannel channel, long fileBytes)
      throws IOException {
    if (fileBytes < Long.BYTES) {
      throw new CheckpointException(
          file, "%d bytes are too few for a safetensors file".formatted(fileBytes));
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, channel, length, 0);
    long headerBytes = length.getLong(0);
    String shown = Long.toUnsignedString(headerBytes);
    if (headerBytes < 0 || headerBytes > fileBytes - Long.BYTES) {
      throw new CheckpointException(
          file,
          "claims a header of %s bytes, but only %d follow; truncated, or not a safetensors file"
              .formatted(shown, fileBytes - Long.BYTES));
    }
    if (headerBytes > MAX_HEADER_BYTES) {
      throw new CheckpointException(
          file,
          "claims a header of %s bytes, at most %d are read".formatted(shown, MAX_HEADER_BYTES));
    }
    return headerBytes;
  }

  private static void readFully(Path file, FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        throw new CheckpointException(file, "became shorter while it was read");
      }
      at += count;
    }
    into.flip();
  }

  private static String text(Path file, ByteBuffer json) throws CheckpointException {
    if (!json.hasRemaining() || json.get(0) != '{') {
      throw new CheckpointException(file, "the header does not begin with '{'");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(json).toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException(file, "the header is not UTF-8", e);
    }
  }

  /** A name as a message shows it: on one line, and not longer than that. */
  static String shown(String name) {
    String oneLine = name.replaceAll("\\p{Cntrl}", "?");
    return "'" + (oneLine.length() <= 200 ? oneLine : oneLine.substring(0, 200) + "...") + "'";
  }

  /** One pass over the JSON of one file. */
  private static final class Parser {
    private final Path file;
    private final long dataStart;
    private final long fileBytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private @Nullable Map<String, String> metadata;

    Parser(Path file, long dataStart, long fileBytes) {
      this.file = file;
      this.dataStart = dataStart;
      this.fileBytes = fileBytes;
    }

    SafetensorsHeader parse(String text) throws IOException {
      try (JsonParser json = JSON.createParser(text)) {
        json.nextToken(); // text() has seen the brace
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          if (name.equals(METADATA)) {
            readMetadata(json);
          } else {
            readEntry(json, name);
          }
        }
        if (json.nextToken() != null) {
          throw wrong("text follows the header's closing brace");
        }
      } catch (JsonProcessingException e) {
        throw new CheckpointException(
            file, "the header is not valid JSON: " + e.getOriginalMessage(), e);
      }
      requireGapless(entries.values());
      return new SafetensorsHeader(
          Collections.unmodifiableMap(entries),
          metadata == null ? Map.of() : Collections.unmodifiableMap(metadata),
          fileBytes);
    }

    private void readMetadata(JsonParser json) throws IOException {
      if (metadata != null) {
        throw wrong(METADATA + " appears twice");
      }
      metadata = new LinkedHashMap<>();
      expect(json, JsonToken.START_OBJECT, METADATA + " must be an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        expect(json, JsonToken.VALUE_STRING, METADATA + "." + shown(key) + " must be text");
        if (metadata.putIfAbsent(key, json.getText()) != null) {
          throw wrong(METADATA + "." + shown(key) + " appears twice");
        }
      }
    }

    private void readEntry(JsonParser json, String name) throws IOException {
      String tensor = "tensor " + shown(name);
      ElementType type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      expect(json, JsonToken.START_OBJECT, tensor + " must be an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        String where = tensor + ": " + shown(field);
        boolean seen;
        switch (field) {
          case "dtype" -> {
            seen = type != null;
            type = readType(json, where);
          }
          case "shape" -> {
            seen = shape != null;
            shape = readSizes(json, where);
          }
          case "data_offsets" -> {
            seen = offsets != null;
            offsets = readSizes(json, where);
          }
          default -> throw wrong(where + " is not a field of the format");
        }
        if (seen) {
          throw wrong(where + " appears twice");
        }
      }
      if (type == null || shape == null || offsets == null) {
        throw wrong(tensor + " needs dtype, shape and data_offsets");
      }
      Entry entry = placed(tensor, tensorInfo(tensor, name, type, shape), offsets);
      if (entries.putIfAbsent(name, entry) != null) {
        throw wrong(tensor + " appears twice");
      }
    }

    private ElementType readType(JsonParser json, String where) throws IOException {
      expect(json, JsonToken.VALUE_STRING, where + " must be text");
      Optional<ElementType> type = ElementType.named(json.getText());
      return type.orElseThrow(
          () -> wrong(where + " is not one of " + List.of(ElementType.values())));
    }

    private List<Long> readSizes(JsonParser json, String where) throws IOException {
      expect(json, JsonToken.START_ARRAY, where + " must be a list");
      List<Long> sizes = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
            || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
            || json.getLongValue() < 0) {
          throw wrong(where + " must hold whole numbers from 0 to 2^63 - 1");
        }
        sizes.add(json.getLongValue());
      }
      return sizes;
    }

    private TensorInfo tensorInfo(String tensor, String name, ElementType type, List<Long> shape)
        throws CheckpointException {
      try {
        return new TensorInfo(name, type, shape);
      } catch (IllegalArgumentException e) {
        throw new CheckpointException(file, tensor + ": " + e.getMessage(), e);
      }
    }

    private Entry placed(String tensor, TensorInfo info, List<Long> offsets)
        throws CheckpointException {
      if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
        throw wrong(tensor + ": data_offsets must be [begin, end], got " + offsets);
      }
      long begin = offsets.get(0);
      long end = offsets.get(1);
      if (end > fileBytes - dataStart) {
        throw wrong(
            "%s ends at byte %d of the data, but the file has only %d; truncated?"
                .formatted(tensor, end, fileBytes - dataStart));
      }
      if (end - begin != info.bytes()) {
        throw wrong(
            "%s: %s %s takes %d bytes, data_offsets %s span %d"
                .formatted(tensor, info.type(), info.shape(), info.bytes(), offsets, end - begin));
      }
      return new Entry(info, dataStart + begin);
    }

    private void requireGapless(Collection<Entry> all) throws CheckpointException {
      List<Entry> sorted = new ArrayList<>(all);
      sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(e -> e.info().bytes()));
      long at = dataStart;
      for (Entry entry : sorted) {
        if (entry.begin() != at) {
          throw wrong(
              "tensor %s begins at byte %d of the data, %s byte %d where the one before ends"
                  .formatted(
                      shown(entry.info().name()),
                      entry.begin() - dataStart,
                      entry.begin() < at ? "overlapping" : "leaving a gap after",
                      at - dataStart));
        }
        at += entry.info().bytes();
      }
      if (at != fileBytes) {
        throw wrong("%d bytes after the last tensor belong to none".formatted(fileBytes - at));
      }
    }

    private void expect(JsonParser json, JsonToken token, String message) throws IOException {
      if (json.nextToken() != token) {
        throw wrong(message);
      }
    }

    private CheckpointException wrong(String reason) {
      return new CheckpointException(file, reason);
    }
  }
}

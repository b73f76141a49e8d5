package io.tubelet.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.machine.Libraries;
import io.tubelet.machine.Machine;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;

/** What the files of all measurements have in common. */
final class BenchJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private BenchJson() {}

  /** A node that belongs to nothing yet. */
  static ObjectNode node() {
    return JSON.createObjectNode();
  }

  /** A file's beginning: its format, our version, and the machine. */
  static ObjectNode begin(String format, Machine machine, int threads) {
    ObjectNode json = node();
    json.put("format", format);
    json.put("tubelet", Libraries.tubeletVersion());
    json.put("java", Runtime.version().toString());
    json.putObject("machine")
        .put("cpu", machine.cpu())
        .put("os", machine.os())
        .put("cores", machine.cores())
        .put("memory-bytes", machine.memoryBytes())
        .put("threads", threads);
    return json;
  }

  /** {@code {median, least, most, all: [...]}}. */
  static void putSpread(ObjectNode json, String name, double[] values) {
    Spread spread = Spread.of(values);
    ObjectNode node = json.putObject(name);
    node.put("median", spread.median());
    node.put("least", spread.least());
    node.put("most", spread.most());
    ArrayNode all = node.putArray("all");
    Arrays.stream(values).forEach(all::add);
  }

  /** A number, or null where it is not known. */
  static void putCount(ObjectNode json, String name, OptionalLong number) {
    if (number.isPresent()) {
      json.put(name, number.getAsLong());
    } else {
      json.putNull(name);
    }
  }

  /** The file's text. */
  static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of JSON nodes is always writable", e);
    }
  }
}

package io.tubelet.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON for people to read, and its fields asked for by name with errors that name the file. */
record JsonFile(Path file, JsonNode node) {
  private static final long MAX_BYTES = 16 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /**
   * @throws CheckpointException if the file is missing, too long or not one JSON value
   */
  static JsonFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(file, "there is no such file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new CheckpointException(
          file, "has %d bytes, at most %d are read".formatted(Files.size(file), MAX_BYTES));
    }
    try {
      return parse(file, Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new CheckpointException(file, "is not UTF-8", e);
    }
  }

  /** Text found inside {@code file}. */
  static JsonFile parse(Path file, String text) throws CheckpointException {
    try {
      return new JsonFile(file, JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new CheckpointException(file, "is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of JSON nodes is always writable", e);
    }
  }

  /**
   * The tree as reading it back would give it: a copy, whose whole numbers are all of one kind, so
   * that equal means equal.
   */
  static JsonNode asRead(JsonNode node) {
    try {
      return JSON.readTree(text(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what was just written is readable", e);
    }
  }

  JsonFile child(String field) throws CheckpointException {
    return new JsonFile(file, require(field, node.path(field).isObject(), "an object"));
  }

  boolean has(String field) {
    return node.has(field);
  }

  JsonNode any(String field) throws CheckpointException {
    return require(field, node.has(field), "there");
  }

  String string(String field) throws CheckpointException {
    return require(field, node.path(field).isTextual(), "text").textValue();
  }

  long whole(String field) throws CheckpointException {
    JsonNode value = node.path(field);
    boolean fits = value.isIntegralNumber() && value.canConvertToLong();
    return require(field, fits, "a whole number").longValue();
  }

  private JsonNode require(String field, boolean fits, String wanted) throws CheckpointException {
    if (!fits) {
      throw new CheckpointException(
          file, "field '%s' must be %s, got %s".formatted(field, wanted, node.path(field)));
    }
    return node.path(field);
  }
}

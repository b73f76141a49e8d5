package io.tubelet.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files put together by hand, as our own writer never would. */
final class Forged {
  private Forged() {}

  /** The length and text of a header, nothing after it. */
  static byte[] header(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  /** As {@link #header}, padded so that what follows lies at a multiple of eight. */
  static byte[] paddedHeader(String json) {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return header(json + " ".repeat((8 - length % 8) % 8));
  }

  static Path write(Path file, String json, byte... data) throws IOException {
    byte[] head = header(json);
    ByteBuffer all = ByteBuffer.allocate(head.length + data.length).put(head).put(data);
    return Files.write(file, all.array());
  }
}

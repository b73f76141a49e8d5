package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.machine.Libraries;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** The software that ran. Libraries are named by the version of their Java bindings. */
public record Versions(String tubelet, String java, String libtorch, String ffmpeg) {

  /** What runs now. */
  public static Versions current() {
    return new Versions(
        Libraries.tubeletVersion(),
        Runtime.version().toString(),
        bindings("pytorch"),
        bindings("ffmpeg"));
  }

  private static String bindings(String artifact) {
    try {
      return Optional.ofNullable(Loader.getVersion("org.bytedeco", artifact)).orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // the archive does not say; nothing else depends on it
    }
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("tubelet", tubelet)
        .put("java", java)
        .put("libtorch", libtorch)
        .put("ffmpeg", ffmpeg);
  }

  static Versions read(JsonFile json) throws CheckpointException {
    return new Versions(
        json.string("tubelet"),
        json.string("java"),
        json.string("libtorch"),
        json.string("ffmpeg"));
  }
}

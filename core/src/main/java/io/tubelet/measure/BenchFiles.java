package io.tubelet.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where results are written to.
 *
 * @param folder made where it is missing
 * @param name of the files in it, without an ending
 */
record BenchFiles(Path folder, String name) {

  /** Numbers, for programs. */
  Path json() {
    return folder.resolve(name + ".json");
  }

  /** The picture. */
  Path picture() {
    return folder.resolve(name + ".png");
  }

  /** Writes both anew. */
  void write(String json, byte[] png) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(json(), json.getBytes(UTF_8));
    WholeFile.write(picture(), png);
  }
}

package io.tubelet.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder in which tests lay out small data sets; videos are files with a few bytes. */
record DataTree(Path root) {

  Path video(String name) throws IOException {
    return text(name, "bytes of " + name);
  }

  void videos(String... names) throws IOException {
    for (String name : names) {
      video(name);
    }
  }

  Path text(String name, String... lines) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, List.of(lines));
  }

  Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }
}

package io.tubelet.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where results are written to.
 *
 * @param folder of {@code step.json} and {@code step.png}; made where it is missing
 * @param profile of the trace; none where null
 */
public record StepFiles(Path folder, @Nullable Path profile) {

  /** Numbers, for programs. */
  public Path json() {
    return folder.resolve("step.json");
  }

  /** The picture. */
  public Path picture() {
    return folder.resolve("step.png");
  }

  /** Writes everything anew. */
  public void write(StepResults results) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(json(), new StepJson(results).text().getBytes(UTF_8));
    WholeFile.write(picture(), new StepPicture(results).png());
    if (profile != null) {
      Path parent = profile.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      WholeFile.write(profile, new ChromeTrace(results).text().getBytes(UTF_8));
    }
  }
}

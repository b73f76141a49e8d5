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
    return both().json();
  }

  /** The picture. */
  public Path picture() {
    return both().picture();
  }

  private BenchFiles both() {
    return new BenchFiles(folder, "step");
  }

  /** Writes everything anew. */
  public void write(StepResults results) throws IOException {
    both().write(new StepJson(results).text(), new StepPicture(results).png());
    if (profile != null) {
      Path parent = profile.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      WholeFile.write(profile, new ChromeTrace(results).text().getBytes(UTF_8));
    }
  }
}

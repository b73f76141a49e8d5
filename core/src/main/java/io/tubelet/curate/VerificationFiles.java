package io.tubelet.curate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.data.Quarantine;
import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a verification leaves: {@code verified.csv}, to be trained on; {@code quarantine.tsv}, as a
 * training run writes it; {@code duplicates.tsv}, a line for each video of a group that shows the
 * same.
 *
 * @param folder made where it is missing
 */
public record VerificationFiles(Path folder) {

  public Path verified() {
    return folder.resolve("verified.csv");
  }

  public Path quarantine() {
    return folder.resolve("quarantine.tsv");
  }

  public Path duplicates() {
    return folder.resolve("duplicates.tsv");
  }

  /** Refuses a folder that holds another verification; to be asked before hours of decoding. */
  public void requireNew() throws IOException {
    WrittenList.requireNew(verified(), quarantine(), duplicates());
  }

  /**
   * Writes all of it. The list of good videos is left out where the verification was stopped: it
   * would look like all of them.
   *
   * @param source what was verified; the names of its classes are copied
   */
  public void write(Verification verification, Path source) throws IOException {
    Files.createDirectories(folder);
    Quarantine.write(quarantine(), verification.broken());
    StringBuilder text = new StringBuilder("group\tlabel\tvideo\n");
    int group = 0;
    for (var same : verification.duplicates()) {
      group++;
      for (ListedVideo video : same) {
        String label = video.label() == null ? "" : video.label().toString();
        text.append("%d\t%s\t%s\n".formatted(group, label, video.name()));
      }
    }
    WholeFile.write(duplicates(), text.toString().getBytes(UTF_8));
    if (verification.isComplete()) {
      WrittenList.write(verified(), verification.good());
      WrittenList.copyClasses(source, folder);
    }
  }
}

package io.tubelet.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where results are written to.
 *
 * @param folder of {@code data.json}, {@code data.png} and {@code windows.json}; made where it is
 *     missing
 */
public record LoadingFiles(Path folder) {

  /** Numbers, for programs. */
  public Path json() {
    return both().json();
  }

  /** The picture. */
  public Path picture() {
    return both().picture();
  }

  /** What was read, for other programs that are to read the same. */
  public Path windows() {
    return folder.resolve("windows.json");
  }

  private BenchFiles both() {
    return new BenchFiles(folder, "data");
  }

  /** Writes numbers and picture anew. */
  public void write(LoadingResults results) throws IOException {
    both().write(new LoadingJson(results).text(), new LoadingPicture(results).png());
  }

  /** How memory went, for programs. */
  public Path memory() {
    return folder.resolve("memory.json");
  }

  /** Writes how memory went. */
  public void writeMemory(LoadingSettings settings, List<MemoryCourse> courses) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(memory(), new MemoryJson(settings, courses).text().getBytes(UTF_8));
  }

  void writeWindows(WindowsJson windows) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(windows(), windows.text().getBytes(UTF_8));
  }
}

package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The command in a virtual machine of its own, as small as it can be. */
record ChildTubelet(Process process, BufferedReader lines) {

  static List<String> command(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-Djava.awt.headless=true"));
    // The test's own process has unpacked them.
    command.addAll(List.of("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dtubelet.unpacked=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(words);
    return command;
  }

  static ChildTubelet start(List<String> words) throws IOException {
    Process process = new ProcessBuilder(command(words)).redirectErrorStream(true).start();
    return new ChildTubelet(process, process.inputReader());
  }

  /** What {@code launch} starts as ranks of this machine. */
  static List<String> launch(int ranks, List<String> options, List<String> words) {
    List<String> all = new ArrayList<>(List.of("launch", "--nproc", Integer.toString(ranks)));
    all.addAll(options);
    all.addAll(words);
    return all;
  }

  /** Reads until so many lines of a kind have come, or the process has ended. */
  String await(String kind, int count) throws IOException {
    StringBuilder said = new StringBuilder();
    String line;
    for (int seen = 0; seen < count && (line = lines.readLine()) != null; ) {
      seen += line.contains(kind) ? 1 : 0;
      said.append(line).append('\n');
    }
    return said.toString();
  }

  String rest() throws IOException {
    return await("\0", 1);
  }

  /** Tensor bytes of a run's last step; the head before them tells the time of writing. */
  static byte[] tensors(Path run, String file) throws IOException {
    Path last = lastStep(run);
    byte[] all = Files.readAllBytes(last.resolve(file));
    int header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Arrays.copyOfRange(all, 8 + header, all.length);
  }

  static Path lastStep(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("step-"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  static void assertSameTensors(Path one, Path other) throws IOException {
    assertThat(lastStep(one).getFileName()).isEqualTo(lastStep(other).getFileName());
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(tensors(one, file)).as(file).isEqualTo(tensors(other, file));
    }
  }
}

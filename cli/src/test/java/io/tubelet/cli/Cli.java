package io.tubelet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Executes the command inside the test's own virtual machine. */
record Cli(int exitCode, String out, String err) {

  /** Settings that make the demo's recipe a matter of a second. */
  private static final Map<String, String> SMALL =
      Map.of(
          "model.clip.frames", "8",
          "model.clip.height", "32",
          "model.clip.width", "32",
          "model.decoder.predicted-frames", "8",
          "model.encoder.width", "32",
          "model.encoder.depth", "1",
          "model.decoder.width", "32",
          "train.batch", "8",
          "data.cache", "0");

  static Cli run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return new Cli(command.execute(words), out.toString(), err.toString());
  }

  /** {@code pretrain} with the demo's recipe made small, and more arguments. */
  static List<String> smallPretrain(Path data, Path out, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("pretrain", "--recipe", "demo", "--data", data.toString()));
    words.addAll(List.of("--out", out.toString(), "--set", "train.log-every=1"));
    SMALL.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    words.addAll(List.of(more));
    return words;
  }
}

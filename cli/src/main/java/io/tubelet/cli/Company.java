package io.tubelet.cli;

import io.tubelet.distributed.Ranks;
import io.tubelet.distributed.World;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The processes that a launcher has started to run one command together, as one of them sees them;
 * a process alone where there was no launcher.
 *
 * @param ranks all of them
 * @param print where the first speaks; the others say nothing
 */
record Company(Ranks ranks, PrintWriter print) implements AutoCloseable {

  /** Joins the others, as the environment tells; waits until they have come. */
  static Company join(CommandSpec command) {
    Ranks ranks = Ranks.join(World.fromEnvironment(System.getenv()));
    return new Company(
        ranks,
        ranks.isFirst()
            ? command.commandLine().getOut()
            : new PrintWriter(Writer.nullWriter(), false));
  }

  /** A process that needs no others, launched or not. */
  static Company alone(PrintWriter print) {
    return new Company(Ranks.alone(), print);
  }

  /** What the first rank has chosen. */
  String ofFirst(String own) {
    byte[] first = ranks.gather(own.getBytes(StandardCharsets.UTF_8)).get(0);
    return new String(first, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    ranks.close();
  }
}

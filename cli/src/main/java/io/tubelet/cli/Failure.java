package io.tubelet.cli;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.data.DataException;
import io.tubelet.shards.ShardException;
import io.tubelet.train.TrainingDiverged;
import io.tubelet.video.VideoException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** An error as one line for a person, and the exit code that goes with it. */
final class Failure {
  private Failure() {}

  static int report(Exception error, CommandLine command, boolean stacktrace) {
    command.getErr().println(command.getColorScheme().errorText("tubelet: " + sentence(error)));
    if (stacktrace) {
      error.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return exitCode(error);
  }

  private static int exitCode(Exception error) {
    if (error instanceof DataException
        || error instanceof VideoException
        || error instanceof ShardException) {
      return ExitCode.DATA;
    }
    if (error instanceof TrainingDiverged) {
      return ExitCode.DIVERGED;
    }
    if (error instanceof IllegalArgumentException) {
      return ExitCode.USAGE;
    }
    return ExitCode.FAILURE;
  }

  private static String sentence(Exception error) {
    if (error instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    }
    if (error instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + ": exists already";
    }
    if (error instanceof FileSystemException system) {
      return system.getFile()
          + ": "
          + (system.getReason() == null ? "cannot be used" : system.getReason());
    }
    String message =
        error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    boolean ours =
        error instanceof IllegalArgumentException
            || error instanceof CheckpointException
            || error instanceof InterruptedException // by a signal, not a fault to be searched for
            || error.getClass().getName().startsWith("io.tubelet.");
    // libtorch's messages carry a C++ stack: the first line says what happened.
    String first = message.lines().findFirst().orElse(message);
    return ours ? first : first + " (--stacktrace shows where)";
  }
}

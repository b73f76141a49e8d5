package io.tubelet.cli.launch;

import io.tubelet.distributed.World;
import io.tubelet.distributed.WorldVariables;

/** Ranks that are a few words of shell; {@code $RESUME} says whether they go on. */
record ShellRanks(String script, boolean canResume) implements RankProgram {
  @Override
  public ProcessBuilder process(World world, boolean resume) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    builder.environment().putAll(WorldVariables.of(world));
    builder.environment().put("RESUME", Boolean.toString(resume));
    return builder;
  }
}

package io.tubelet.cli.launch;

import io.tubelet.distributed.World;

/** What every rank runs. */
public interface RankProgram {
  /**
   * The process of one rank, not yet started.
   *
   * @param resume whether it goes on from its last checkpoint
   */
  ProcessBuilder process(World world, boolean resume);

  /** Whether an earlier start has left something to go on from. */
  boolean canResume();
}

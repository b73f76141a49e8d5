package io.tubelet.cli.launch;

import io.tubelet.distributed.World;
import java.util.concurrent.CountDownLatch;

/** A rank, in a virtual machine of its own, that does nothing for ever. */
final class WatchedRank {
  private WatchedRank() {}

  public static void main(String[] args) throws InterruptedException {
    LauncherWatch.begin();
    int rank = World.fromEnvironment(System.getenv()).map(World::rank).orElse(0);
    System.err.println("WARN ready " + rank);
    new CountDownLatch(1).await();
  }
}

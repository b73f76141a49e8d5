package io.tubelet.distributed;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The place of one process among those that train together.
 *
 * @param rank of this process, from 0
 * @param size how many processes there are in all
 * @param localRank of this process among those of its machine, from 0
 * @param localSize processes of this machine
 * @param host name or address of the machine of rank 0, where processes meet
 * @param port on it
 * @param timeout how long a process waits for the others before that is an error
 */
public record World(
    int rank, int size, int localRank, int localSize, String host, int port, Duration timeout) {

  private static final int MAX_PORT = 65_535;

  public World {
    if (size < 1 || rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "a rank must be from 0 to the number of processes less 1: rank=%d, size=%d"
              .formatted(rank, size));
    }
    if (localSize < 1 || localRank < 0 || localRank >= localSize || localSize > size) {
      throw new IllegalArgumentException(
          "a local rank must be from 0 to the machine's processes less 1: local rank=%d, of this machine=%d, of all=%d"
              .formatted(localRank, localSize, size));
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("the machine of rank 0 has no name");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "a port is from 1 to %d, got %d".formatted(MAX_PORT, port));
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive, got " + timeout);
    }
  }

  /**
   * The place that a launcher's environment variables tell; empty for a process on its own.
   *
   * @throws IllegalArgumentException when variables are missing, or contradict each other
   * @see WorldVariables
   */
  public static Optional<World> fromEnvironment(Map<String, String> environment) {
    return WorldVariables.read(environment);
  }
}

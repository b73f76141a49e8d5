package io.tubelet.distributed;

/**
 * Another process of this training died, hangs, or could not be reached. Nothing can be exchanged
 * any more: the process should end, and the training go on from its last checkpoint.
 */
public final class PeerLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PeerLost(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Of a failure in libtorch, whose message goes on with its own stack.
   *
   * @param lost which rank, in words
   */
  static PeerLost during(String what, World world, String lost, RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return new PeerLost(
        "rank %d of %d lost %s, during %s: %s"
            .formatted(
                world.rank(), world.size(), lost, what, message.lines().findFirst().orElse("")),
        failure);
  }
}

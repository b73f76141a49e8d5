package io.tubelet.distributed;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The processes that train together, as one of them sees them. Every method that exchanges
 * something must be called by all of them, in the same order.
 *
 * <p>All exchanges throw {@link PeerLost} when another rank is gone.
 */
public interface Ranks extends AutoCloseable {

  /** Of this process, from 0. */
  int rank();

  /** How many there are. */
  int size();

  /**
   * This process's part of something that the processes of a machine have in common; at least 1.
   */
  int share(int ofMachine);

  /** Whether this is the one that writes files and speaks to people. */
  default boolean isFirst() {
    return rank() == 0;
  }

  /** Adds up a tensor over all ranks, in its place. */
  void sum(Tensor values);

  /** Makes a tensor what it is on the first rank, in its place. */
  void broadcast(Tensor values);

  /**
   * Puts a vector together, in its place, of which each rank has its own stretch: as many stretches
   * as ranks, all as long, in their order.
   */
  void assemble(Tensor vector);

  /**
   * All ranks' vectors, equally long, one behind the other; in the memory of the host and of the
   * innermost scope. On the first rank alone; empty elsewhere.
   */
  Optional<Tensor> collect(Tensor own);

  /** What every rank has to say, in their order; as long as each likes. */
  List<byte[]> gather(byte[] own);

  /** Whether it is so on any rank. */
  boolean any(boolean here);

  /** Waits until all have come here. */
  void barrier();

  /**
   * Refuses ranks that differ in something that all must have in common.
   *
   * @throws IllegalStateException on every rank, naming those that differ from the first
   */
  void requireSame(String what, String value);

  /**
   * How gradients come together.
   *
   * @param parameters that are differentiated by one backward pass a rank, through libtorch's
   *     Reducer; none where several threads of a rank differentiate side by side
   * @param flat all gradients, as few long vectors
   */
  GradientSum gradients(
      List<Tensor> parameters, List<Tensor> flat, GradientCompression compression);

  /** What this process has spent on exchanges so far. */
  Communication communication();

  @Override
  void close();

  /** A process on its own. */
  static Ranks alone() {
    return new SingleProcess();
  }

  /**
   * Joins the others; waits until they have come.
   *
   * @throws PeerLost when they do not come in time
   */
  static Ranks join(Optional<World> world) {
    return world
        .filter(w -> w.size() > 1)
        .<Ranks>map(ProcessGroupRanks::join)
        .orElseGet(Ranks::alone);
  }
}

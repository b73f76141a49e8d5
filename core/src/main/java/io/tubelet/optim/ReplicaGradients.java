package io.tubelet.optim;

import io.tubelet.tensor.TensorScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Gradients of models that share the weights of the trained one, added to its own while the
 * backward pass goes on, and then let go. For each parameter the replicas take turns by their
 * number, so that the same replicas always make the same bits; whoever is early leaves the gradient
 * beside its parameter until its turn has come, and waits at the end of the pass only.
 *
 * <p>Why: gradients of its own for all parameters would cost each replica four bytes a parameter,
 * and every update a walk over all of them to bring them together.
 */
public final class ReplicaGradients implements AutoCloseable {
  private final List<Replica> replicas = new ArrayList<>();

  /** A replica's parameter, and where its gradient belongs. */
  record Member(Tensor parameter, Tensor sum) {}

  /**
   * @param members of each replica, all in the same order
   */
  ReplicaGradients(List<List<Member>> members) {
    for (List<Member> ofOne : members) {
      replicas.add(new Replica(replicas.size(), ofOne));
    }
  }

  /** Before a backward pass of all replicas, or of the first of them. */
  public synchronized void begin() {
    replicas.forEach(Replica::begin);
  }

  /**
   * At the end of one replica's pass, be it complete or not, on its thread: adds what is left. No
   * other waits for it any longer.
   */
  public void end(int number) {
    Replica replica = replicas.get(number);
    try (TensorScope scope = new TensorScope()) {
      while (!replica.early.isEmpty()) {
        awaitTurn(replica);
        replica.addFirst();
      }
    }
    markEnded(replica);
  }

  private synchronized void awaitTurn(Replica replica) {
    boolean interrupted = false;
    while (!isTurnOf(replica)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // those before it come to their end in any case
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the replica before has added what this one would add next. */
  private synchronized boolean isTurnOf(Replica replica) {
    if (replica.number == 0) {
      return true;
    }
    Replica before = replicas.get(replica.number - 1);
    int next = replica.early.element().number;
    return before.ended || before.added[next] > replica.added[next];
  }

  private synchronized void markAdded(Replica replica, int parameter) {
    replica.added[parameter]++;
    notifyAll();
  }

  private synchronized void markEnded(Replica replica) {
    replica.ended = true;
    notifyAll();
  }

  /** Frees the hooks; the replicas' parameters must have been freed. */
  @Override
  public void close() {
    replicas.forEach(Replica::close);
  }

  /** One model. Its thread alone uses it, but for the counts, which the monitor of all guards. */
  private final class Replica {
    private final int number;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Deque<Arrival> early = new ArrayDeque<>(); // gradients beside their parameters
    private final long[] added; // how often, by parameter, in this pass
    private boolean ended;

    Replica(int number, List<Member> members) {
      this.number = number;
      added = new long[members.size()];
      members.forEach(member -> arrivals.add(new Arrival(this, arrivals.size(), member)));
    }

    void begin() {
      Arrays.fill(added, 0);
      ended = false;
    }

    /** Puts a gradient that is about to lie beside its parameter in line. */
    void arrive(Arrival arrival) {
      while (!early.isEmpty() && (isTurnOf(this) || early.contains(arrival))) {
        awaitTurn(this); // for a second gradient of the same parameter, which would mix with it
        addFirst();
      }
      early.add(arrival);
    }

    void addFirst() {
      Arrival first = early.remove();
      Member member = first.member;
      Tensor gradient = member.parameter().grad();
      if (gradient.defined()) { // it is not where the pass broke off
        member.sum().add_(gradient);
        member.parameter().mutable_grad().put(new Tensor());
      }
      markAdded(this, first.number);
    }

    void close() {
      arrivals.forEach(Arrival::forget);
    }
  }

  /**
   * Called by libtorch when a parameter's gradient is complete, just before it puts that beside the
   * parameter.
   */
  private static final class Arrival extends VoidTensorHook {
    private final Replica replica;
    private final int number;
    private final Member member;

    Arrival(Replica replica, int number, Member member) {
      this.replica = replica;
      this.number = number;
      this.member = member;
      retainReference();
      member.sum().retainReference();
      member.parameter().register_hook(this);
    }

    @Override
    public void call(TensorBase gradient) {
      gradient.close(); // made for this call in the scope of the whole pass, which would keep it
      try (TensorScope scope = new TensorScope()) {
        replica.arrive(this);
      }
    }

    void forget() {
      member.sum().releaseReference();
      releaseReference();
    }
  }
}

package io.tubelet.distributed;

import io.tubelet.machine.NativeEnvironment;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.BackendOptional;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroup;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * One of several processes, over libtorch's own engine (c10d): a store on the first rank's machine,
 * where they meet; Gloo, which connects each with each; and NCCL for what lies on GPUs.
 */
final class ProcessGroupRanks implements Ranks {
  private static final int GLOO_THREADS = 2;
  private static final long PORTION = 1L << 22; // values collected at a time

  private final World world;
  private final ProcessGroup group;
  private final ProcessGroupGloo gloo;
  private final @Nullable Backend nccl;
  private final Attendance attendance;
  private final Deque<Pointer> held = new ArrayDeque<>();
  private long waited; // nanoseconds
  private long hidden;

  private ProcessGroupRanks(
      World world, TCPStore store, ProcessGroupGloo gloo, Attendance attendance) {
    this.world = world;
    this.attendance = attendance;
    hold(store);
    this.gloo = hold(gloo);
    nccl = torch.cuda_is_available() ? hold(Nccl.connect(store, world)) : null;
    group = hold(newGroup());
  }

  private ProcessGroup newGroup() {
    ProcessGroup fresh = new ProcessGroup(world.rank(), world.size());
    fresh.setBackend(DeviceType.CPU, ProcessGroup.BackendType.GLOO, new BackendOptional(gloo));
    fresh.setDefaultBackend(ProcessGroup.BackendType.GLOO);
    if (nccl != null) {
      fresh.setBackend(DeviceType.CUDA, ProcessGroup.BackendType.NCCL, new BackendOptional(nccl));
    }
    return fresh;
  }

  private <P extends Pointer> P hold(P pointer) {
    pointer.retainReference();
    held.push(pointer);
    return pointer;
  }

  static ProcessGroupRanks join(World world) {
    NativeEnvironment.chooseGpu(world.localRank(), world.localSize());
    String own = ownAddress(world);
    try (TensorScope scope = new TensorScope()) {
      torch.set_num_threads(share(world, torch.get_num_threads()));
      TCPStore store = meet(world);
      Attendance attendance = new Attendance(world);
      try {
        return new ProcessGroupRanks(world, store, connect(world, store, own), attendance);
      } catch (RuntimeException failure) {
        PeerLost lost = PeerLost.during(meeting(world), world, attendance.absentees(), failure);
        attendance.close();
        throw lost;
      }
    }
  }

  private static TCPStore meet(World world) {
    TCPStoreOptions options = new TCPStoreOptions();
    options.port((short) world.port());
    options.isServer(world.rank() == 0);
    options.waitWorkers(false);
    options.timeout(new Milliseconds(world.timeout().toMillis()));
    try {
      return new TCPStore(world.host(), options);
    } catch (RuntimeException failure) {
      String lost =
          world.rank() == 0 ? "the port, which is another's" : "rank 0, which is not there";
      throw PeerLost.during(meeting(world), world, lost, failure);
    }
  }

  private static String meeting(World world) {
    return "the meeting at %s:%d".formatted(world.host(), world.port());
  }

  private static ProcessGroupGloo connect(World world, TCPStore store, String address) {
    GlooDeviceVector devices = new GlooDeviceVector();
    devices.push_back(ProcessGroupGloo.createDeviceForHostname(address));
    ProcessGroupGloo.Options options =
        ProcessGroupGloo.Options.create(new Milliseconds(world.timeout().toMillis()));
    options.devices(devices);
    options.threads(GLOO_THREADS);
    return new ProcessGroupGloo(store, world.rank(), world.size(), options);
  }

  /** The address of this machine from which the first rank's is reached. */
  private static String ownAddress(World world) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(world.host()), world.port()));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException unknown) {
      throw new IllegalStateException(
          "the machine '%s' of rank 0 is unknown here: %s"
              .formatted(world.host(), unknown.getMessage()),
          unknown);
    }
  }

  @Override
  public int rank() {
    return world.rank();
  }

  @Override
  public int size() {
    return world.size();
  }

  @Override
  public int share(int ofMachine) {
    return share(world, ofMachine);
  }

  /** Launchers that divide a machine's cores among their processes say so by this variable. */
  private static int share(World world, int ofMachine) {
    boolean divided = System.getenv("OMP_NUM_THREADS") != null;
    return divided ? ofMachine : Math.max(1, ofMachine / world.localSize());
  }

  ProcessGroup group() {
    return group;
  }

  /**
   * Another group of the same processes, over the same connections, for a Reducer to keep. Its
   * destructor gives back a reference that its binding never took: were it ours, it would be freed
   * twice.
   */
  ProcessGroup groupForReducer() {
    ProcessGroup given = newGroup();
    given.retainReference(); // and never released here
    return given;
  }

  @FunctionalInterface
  interface Exchange {
    void run();
  }

  /** Does something that waits for others. */
  void exchange(String what, Exchange exchange) {
    long begin = System.nanoTime();
    try (TensorScope scope = new TensorScope()) {
      attendance.count();
      exchange.run();
    } catch (RuntimeException failure) {
      throw lost(what, failure);
    } finally {
      waited += System.nanoTime() - begin;
    }
  }

  /** What a failure means in which libtorch waited for others. */
  PeerLost lost(String what, RuntimeException failure) {
    return PeerLost.during(what, world, attendance.absentees(), failure);
  }

  /** Notes nanoseconds in which gradients travelled. */
  void travelled(long shown, long behindComputation) {
    waited += shown;
    hidden += behindComputation;
  }

  private static void await(Work work) {
    work._wait();
  }

  @Override
  public void sum(Tensor values) {
    exchange("a sum", () -> await(group.allreduce(new TensorVector(values))));
  }

  @Override
  public void broadcast(Tensor values) {
    exchange("a broadcast", () -> await(group.broadcast(new TensorVector(values))));
  }

  @Override
  public List<byte[]> gather(byte[] own) {
    List<byte[]> all = new ArrayList<>();
    exchange(
        "gathering",
        () -> {
          Tensor lengths = zeros(ScalarType.Long, size());
          await(group._allgather_base(lengths, HostArrays.ofLongs(new long[] {own.length}, 1)));
          long[] ofEach = HostArrays.toLongs(lengths);
          int longest = Math.max(1, (int) Arrays.stream(ofEach).max().orElse(0));
          Tensor bytes = zeros(ScalarType.Byte, (long) size() * longest);
          Tensor padded = HostArrays.ofBytes(Arrays.copyOf(own, longest), longest);
          await(group._allgather_base(bytes, padded));
          byte[] joined = HostArrays.toBytes(bytes);
          for (int i = 0; i < size(); i++) {
            all.add(Arrays.copyOfRange(joined, i * longest, i * longest + (int) ofEach[i]));
          }
        });
    return all;
  }

  @Override
  public void assemble(Tensor vector) {
    exchange(
        "putting parameters together",
        () -> {
          long length = vector.numel() / size();
          Tensor own = vector.narrow(0, rank() * length, length).clone();
          await(group._allgather_base(vector, own));
        });
  }

  @Override
  public Optional<Tensor> collect(Tensor own) {
    long length = own.numel();
    Tensor whole =
        isFirst()
            ? torch.empty(
                new long[] {size() * length}, Placement.CPU.options(own.scalar_type()), null)
            : null;
    exchange(
        "collecting the optimizer's state",
        () -> {
          for (long from = 0; from < length; from += PORTION) {
            try (TensorScope portion = new TensorScope()) {
              long n = Math.min(PORTION, length - from);
              Tensor all = torch.empty(new long[] {size() * n}, own.options(), null);
              await(group._allgather_base(all, own.narrow(0, from, n)));
              if (whole != null) {
                whole.view(size(), length).narrow(1, from, n).copy_(all.view(size(), n));
              }
            }
          }
        });
    return Optional.ofNullable(whole);
  }

  private static Tensor zeros(ScalarType type, long length) {
    return torch.zeros(new long[] {length}, Placement.CPU.options(type));
  }

  @Override
  public boolean any(boolean here) {
    try (TensorScope scope = new TensorScope()) {
      Tensor count = HostArrays.ofLongs(new long[] {here ? 1 : 0}, 1);
      sum(count);
      return HostArrays.toLongs(count)[0] > 0;
    }
  }

  @Override
  public void barrier() {
    exchange("a barrier", () -> await(group.barrier()));
  }

  @Override
  public void requireSame(String what, String value) {
    List<byte[]> all = gather(value.getBytes(StandardCharsets.UTF_8));
    for (int other = 1; other < all.size(); other++) {
      if (!Arrays.equals(all.get(0), all.get(other))) {
        throw new IllegalStateException(
            "%s must be the same on all ranks: rank 0 has %s, rank %d has %s"
                .formatted(what, text(all.get(0)), other, text(all.get(other))));
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public GradientSum gradients(
      List<Tensor> parameters, List<Tensor> flat, GradientCompression compression) {
    boolean reducerCanDoIt = !parameters.isEmpty() && compression != GradientCompression.BF16;
    return reducerCanDoIt
        ? new ReducedGradients(this, parameters, compression)
        : new FlatGradientSum(this, flat, compression);
  }

  @Override
  public Communication communication() {
    return new Communication(waited / 1e9, hidden / 1e9);
  }

  @Override
  public void close() {
    attendance.close();
    while (!held.isEmpty()) {
      held.pop().releaseReference();
    }
  }
}

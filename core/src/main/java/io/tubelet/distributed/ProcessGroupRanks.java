package io.tubelet.distributed;

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
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
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

/**
 * One of several processes, over libtorch's own engine (c10d): a store on the first rank's machine,
 * where they meet, and Gloo, which connects each with each.
 */
final class ProcessGroupRanks implements Ranks {
  private static final int GLOO_THREADS = 2;

  private final World world;
  private final ProcessGroup group;
  private final Deque<Pointer> held = new ArrayDeque<>();
  private long waited; // nanoseconds

  private ProcessGroupRanks(World world, TCPStore store, ProcessGroupGloo gloo) {
    this.world = world;
    group = hold(new ProcessGroup(world.rank(), world.size()));
    hold(store);
    hold(gloo);
    group.setBackend(DeviceType.CPU, ProcessGroup.BackendType.GLOO, new BackendOptional(gloo));
    group.setDefaultBackend(ProcessGroup.BackendType.GLOO);
  }

  private <P extends Pointer> P hold(P pointer) {
    pointer.retainReference();
    held.push(pointer);
    return pointer;
  }

  static ProcessGroupRanks join(World world) {
    try (TensorScope scope = new TensorScope()) {
      torch.set_num_threads(Math.max(1, torch.get_num_threads() / world.localSize()));
      Milliseconds timeout = new Milliseconds(world.timeout().toMillis());
      TCPStoreOptions meeting = new TCPStoreOptions();
      meeting.port((short) world.port());
      meeting.isServer(world.rank() == 0);
      meeting.waitWorkers(false);
      meeting.timeout(timeout);
      TCPStore store = new TCPStore(world.host(), meeting);
      GlooDeviceVector devices = new GlooDeviceVector();
      devices.push_back(ProcessGroupGloo.createDeviceForHostname(ownAddress(world)));
      ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(timeout);
      options.devices(devices);
      options.threads(GLOO_THREADS);
      return new ProcessGroupRanks(
          world, store, new ProcessGroupGloo(store, world.rank(), world.size(), options));
    } catch (RuntimeException failure) {
      throw PeerLost.during(
          "the meeting at %s:%d".formatted(world.host(), world.port()), world, failure);
    }
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
  public int localSize() {
    return world.localSize();
  }

  World world() {
    return world;
  }

  ProcessGroup group() {
    return group;
  }

  @FunctionalInterface
  interface Exchange {
    void run();
  }

  /** Does something that waits for others. */
  void exchange(String what, Exchange exchange) {
    long begin = System.nanoTime();
    try (TensorScope scope = new TensorScope()) {
      exchange.run();
    } catch (PeerLost lost) {
      throw lost;
    } catch (RuntimeException failure) {
      throw PeerLost.during(what, world, failure);
    } finally {
      waited += System.nanoTime() - begin;
    }
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
  public GradientSum gradients(List<Tensor> parameters, List<Tensor> flat) {
    return parameters.isEmpty()
        ? new FlatGradientSum(this, flat)
        : new ReducedGradients(this, parameters);
  }

  @Override
  public double seconds() {
    return waited / 1e9;
  }

  @Override
  public void close() {
    while (!held.isEmpty()) {
      held.pop().releaseReference();
    }
  }
}

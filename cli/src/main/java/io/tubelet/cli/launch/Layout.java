package io.tubelet.cli.launch;

import io.tubelet.distributed.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How ranks lie on machines: as many on each, those of a machine numbered one after another.
 *
 * @param processes of each machine
 * @param nodes how many machines there are
 * @param node this machine, from 0
 */
public record Layout(int processes, int nodes, int node) {
  public Layout {
    if (processes < 1) {
      throw new IllegalArgumentException("--nproc must be at least 1, got " + processes);
    }
    if (nodes < 1) {
      throw new IllegalArgumentException("--nnodes must be at least 1, got " + nodes);
    }
    if (node < 0 || node >= nodes) {
      throw new IllegalArgumentException(
          "--node-rank must be from 0 to --nnodes less 1: --node-rank=%d, --nnodes=%d"
              .formatted(node, nodes));
    }
  }

  /** Processes of all machines. */
  int size() {
    return processes * nodes;
  }

  /** The places of this machine's ranks, which meet at {@code host:port}. */
  List<World> worlds(String host, int port, Duration timeout) {
    return IntStream.range(0, processes)
        .mapToObj(
            local ->
                new World(node * processes + local, size(), local, processes, host, port, timeout))
        .toList();
  }
}

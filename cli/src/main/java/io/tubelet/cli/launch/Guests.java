package io.tubelet.cli.launch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The launchers of the other machines that have come, as the first machine's knows them. */
final class Guests {
  private final LaunchPlan plan;
  private final Map<Integer, Link> links = new TreeMap<>();

  Guests(LaunchPlan plan) {
    this.plan = plan;
  }

  /**
   * Lets one in.
   *
   * @return why it is not let in, or nothing
   */
  Optional<String> welcome(Link link, Message.Hello hello) {
    Optional<String> reason = objection(hello);
    if (reason.isPresent()) {
      link.say(new Message.Refused(reason.get()));
      link.close();
    } else {
      links.put(hello.layout().node(), link);
    }
    return reason;
  }

  private Optional<String> objection(Message.Hello hello) {
    Layout theirs = hello.layout();
    Layout ours = plan.layout();
    List<String> reasons = new ArrayList<>();
    if (!hello.version().equals(plan.version())) {
      reasons.add("its version is %s, not %s".formatted(hello.version(), plan.version()));
    }
    if (theirs.nodes() != ours.nodes()) {
      reasons.add("it has --nnodes=%d, not %d".formatted(theirs.nodes(), ours.nodes()));
    }
    if (theirs.processes() != ours.processes()) {
      reasons.add("it has --nproc=%d, not %d".formatted(theirs.processes(), ours.processes()));
    }
    if (theirs.node() == ours.node() || links.containsKey(theirs.node())) {
      reasons.add("there is a machine with --node-rank=%d already".formatted(theirs.node()));
    }
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "node %d does not belong here: %s"
                .formatted(theirs.node(), String.join("; ", reasons)));
  }

  /** Nodes that have not come. */
  List<Integer> missing() {
    return IntStream.range(1, plan.layout().nodes())
        .filter(node -> !links.containsKey(node))
        .boxed()
        .toList();
  }

  /** The node at the other end, as long as it takes part. */
  Optional<Integer> node(Link link) {
    return links.entrySet().stream()
        .filter(entry -> entry.getValue().equals(link))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** One is gone; empty when it had not been let in. */
  Optional<Integer> lost(Link link) {
    Optional<Integer> node = node(link);
    node.ifPresent(links::remove);
    return node;
  }

  /** Those that have come. */
  Collection<Integer> nodes() {
    return List.copyOf(links.keySet());
  }

  /** Nothing is expected of a node any more; its connection will be told as lost. */
  void giveUp(int node) {
    Optional.ofNullable(links.get(node)).ifPresent(Link::close);
  }

  /** Says the same to all. */
  void say(Message message) {
    links.values().forEach(link -> link.say(message));
  }

  boolean areThere() {
    return !links.isEmpty();
  }
}

package io.tubelet.distributed;

import java.util.List;

/** The variables of torchrun, which Kubernetes' training operators and our own launcher set too. */
final class TorchVariables {
  static final String RANK = "RANK";
  static final String SIZE = "WORLD_SIZE";
  static final String LOCAL_RANK = "LOCAL_RANK";
  static final String LOCAL_SIZE = "LOCAL_WORLD_SIZE";

  private static final String TOGETHER =
      "RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT are given together, or none of them";

  private TorchVariables() {}

  static boolean areIn(Variables variables) {
    return variables.has(RANK) || variables.has(SIZE);
  }

  /** Refuses an environment in which these variables are begun and neither of the two main ones. */
  static void requireNone(Variables variables) {
    for (String name : List.of(LOCAL_RANK, LOCAL_SIZE, WorldVariables.HOST, WorldVariables.PORT)) {
      if (variables.has(name)) {
        throw new IllegalArgumentException(
            "%s is set but RANK is not: %s".formatted(name, TOGETHER));
      }
    }
  }

  static World world(Variables variables) {
    variables.required(SIZE, TOGETHER);
    variables.required(RANK, TOGETHER);
    int size = variables.number(SIZE, 1);
    int rank = variables.rank(RANK, SIZE, size);
    boolean local = variables.has(LOCAL_RANK) || variables.has(LOCAL_SIZE);
    int localSize = 1;
    int localRank = 0;
    if (local) {
      String remedy = "LOCAL_RANK and LOCAL_WORLD_SIZE are given together, or none of them";
      variables.required(LOCAL_SIZE, remedy);
      variables.required(LOCAL_RANK, remedy);
      localSize = variables.part(LOCAL_SIZE, SIZE, size);
      localRank = variables.rank(LOCAL_RANK, LOCAL_SIZE, localSize);
      if (localRank > rank) {
        throw new IllegalArgumentException(
            "LOCAL_RANK=%d is above RANK=%d: a process is not counted in all where it is on its machine"
                .formatted(localRank, rank));
      }
    }
    String host = variables.required(WorldVariables.HOST, TOGETHER);
    variables.required(WorldVariables.PORT, TOGETHER);
    return new World(
        rank,
        size,
        localRank,
        localSize,
        host,
        variables.port(WorldVariables.PORT),
        WorldVariables.timeout(variables));
  }
}

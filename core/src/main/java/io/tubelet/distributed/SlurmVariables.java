package io.tubelet.distributed;

import java.util.List;

/**
 * The variables of a task of Slurm. Processes meet on the first machine of the step's list, which
 * has task 0 (but for srun's arbitrary distribution: then MASTER_ADDR must say), at a port that
 * follows from the numbers of job and step.
 */
final class SlurmVariables {
  private static final String RANK = "SLURM_PROCID";
  private static final String SIZE = "SLURM_NTASKS";
  private static final String LOCAL_RANK = "SLURM_LOCALID";
  private static final String NODE = "SLURM_NODEID";
  private static final String PER_NODE = "SLURM_NTASKS_PER_NODE";
  private static final String TERMINAL = "SLURM_PTY_PORT";
  private static final String LAUNCH_ADDRESS = "SLURM_LAUNCH_NODE_IPADDR";

  /** Only tasks of srun have one of these; the batch script has the ones above, too. */
  private static final List<String> OF_A_STEP =
      List.of("SLURM_STEP_ID", "SLURM_STEPID", LAUNCH_ADDRESS);

  private static final List<String> SIZES = List.of("SLURM_STEP_NUM_TASKS", SIZE, "SLURM_NPROCS");
  private static final List<String> TASKS =
      List.of("SLURM_STEP_TASKS_PER_NODE", "SLURM_TASKS_PER_NODE");
  private static final List<String> NODES =
      List.of("SLURM_STEP_NODELIST", "SLURM_JOB_NODELIST", "SLURM_NODELIST");

  /** Below the ports that systems give to those who ask for any. */
  private static final int FIRST_PORT = 15_000;

  private static final int PORTS = 15_000;

  /** A prime: steps of one job, which may run side by side, get ports of their own. */
  private static final int PORTS_BETWEEN_STEPS = 7_919;

  private SlurmVariables() {}

  static boolean areIn(Variables variables) {
    return variables.has(RANK)
        && !variables.has(TERMINAL)
        && OF_A_STEP.stream().anyMatch(variables::has);
  }

  static World world(Variables variables) {
    String sizeName = SIZES.stream().filter(variables::has).findFirst().orElse(SIZE);
    int size = variables.number(sizeName, 1);
    int rank = variables.rank(RANK, sizeName, size);
    int localRank = variables.number(LOCAL_RANK, 0);
    int localSize = localSize(variables, sizeName, size);
    if (localRank >= localSize) {
      throw new IllegalArgumentException(
          "%s=%d, but this machine has %d of the tasks: local ranks are from 0 to %d"
              .formatted(LOCAL_RANK, localRank, localSize, localSize - 1));
    }
    return new World(
        rank,
        size,
        localRank,
        localSize,
        host(variables),
        variables.has(WorldVariables.PORT) ? variables.port(WorldVariables.PORT) : port(variables),
        WorldVariables.timeout(variables));
  }

  private static int localSize(Variables variables, String sizeName, int size) {
    for (String name : TASKS) {
      if (variables.has(name)) {
        int node = variables.has(NODE) ? variables.number(NODE, 0) : 0;
        List<Integer> tasks = SlurmTasks.perNode(name, variables.required(name, ""));
        int sum = tasks.stream().mapToInt(Integer::intValue).sum();
        if (sum != size) {
          throw new IllegalArgumentException(
              "%s=%s makes %d tasks, but %s=%d"
                  .formatted(name, variables.required(name, ""), sum, sizeName, size));
        }
        if (node >= tasks.size()) {
          throw new IllegalArgumentException(
              "%s=%d, but %s=%s tells of %d machines"
                  .formatted(NODE, node, name, variables.required(name, ""), tasks.size()));
        }
        return tasks.get(node);
      }
    }
    return variables.has(PER_NODE)
        ? variables.part(PER_NODE, sizeName, size)
        : alone(variables, size);
  }

  /** Slurm says nothing of how tasks lie: one machine, or it must. */
  private static int alone(Variables variables, int size) {
    String nodes = "SLURM_NNODES";
    if (variables.has(nodes) && variables.number(nodes, 1) > 1) {
      throw new IllegalArgumentException(
          "%s=%s, but neither SLURM_TASKS_PER_NODE nor %s says how many tasks each machine has"
              .formatted(nodes, variables.required(nodes, ""), PER_NODE));
    }
    return size;
  }

  private static String host(Variables variables) {
    if (variables.has(WorldVariables.HOST)) {
      return variables.required(WorldVariables.HOST, "");
    }
    for (String name : NODES) {
      if (variables.has(name)) {
        return SlurmNodes.first(name, variables.required(name, ""));
      }
    }
    return variables.required(
        LAUNCH_ADDRESS, "Slurm names no machine; give MASTER_ADDR, the name of rank 0's");
  }

  private static int port(Variables variables) {
    String job = variables.has("SLURM_JOB_ID") ? "SLURM_JOB_ID" : "SLURM_JOBID";
    String text = variables.required(job, "give MASTER_PORT, a free port of rank 0's machine");
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s=%s: a number is needed".formatted(job, text), e);
    }
    long step =
        variables
            .text("SLURM_STEP_ID")
            .filter(id -> id.matches("[0-9]{1,10}"))
            .map(Long::parseLong)
            .orElse(0L);
    return FIRST_PORT + Math.floorMod(number + step * PORTS_BETWEEN_STEPS, PORTS);
  }
}

package io.tubelet.distributed;

/**
 * The variables of Open MPI's mpirun. It does not tell where rank 0 is: {@code MASTER_ADDR} must be
 * passed on ({@code mpirun -x MASTER_ADDR}) unless all processes are on one machine.
 */
final class OpenMpiVariables {
  /** Where processes of mpirun meet when MASTER_PORT does not say. */
  static final int USUAL_PORT = 29_500;

  private static final String RANK = "OMPI_COMM_WORLD_RANK";
  private static final String SIZE = "OMPI_COMM_WORLD_SIZE";
  private static final String LOCAL_RANK = "OMPI_COMM_WORLD_LOCAL_RANK";
  private static final String LOCAL_SIZE = "OMPI_COMM_WORLD_LOCAL_SIZE";

  private OpenMpiVariables() {}

  static boolean areIn(Variables variables) {
    return variables.has(RANK) || variables.has(SIZE);
  }

  static World world(Variables variables) {
    int size = variables.number(SIZE, 1);
    int rank = variables.rank(RANK, SIZE, size);
    int localSize = variables.part(LOCAL_SIZE, SIZE, size);
    int localRank = variables.rank(LOCAL_RANK, LOCAL_SIZE, localSize);
    return new World(
        rank,
        size,
        localRank,
        localSize,
        host(variables, size, localSize),
        variables.has(WorldVariables.PORT) ? variables.port(WorldVariables.PORT) : USUAL_PORT,
        WorldVariables.timeout(variables));
  }

  private static String host(Variables variables, int size, int localSize) {
    return size == localSize && !variables.has(WorldVariables.HOST)
        ? "127.0.0.1"
        : variables.required(
            WorldVariables.HOST,
            "mpirun runs on several machines, so give the name of rank 0's: mpirun -x MASTER_ADDR=...");
  }
}

package io.tubelet.distributed;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A process's place among others as environment variables tell it, in the words of the common
 * launchers. The first of these that is there counts:
 *
 * <ol>
 *   <li>{@code RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE, MASTER_ADDR, MASTER_PORT}: {@code
 *       tubelet launch}, torchrun, training operators of Kubernetes. The two local ones may be
 *       absent together: then each process has a machine (or container) of its own.
 *   <li>{@code OMPI_COMM_WORLD_*}: Open MPI's mpirun, also inside an allocation of Slurm.
 *   <li>{@code SLURM_*}: a task started by Slurm's srun. The batch script itself, and a shell that
 *       srun or salloc opened on a terminal, are not tasks that train together.
 * </ol>
 *
 * <p>{@code MASTER_ADDR} and {@code MASTER_PORT} say where processes meet whoever started them;
 * {@code TUBELET_TIMEOUT}, in seconds, says how long they wait for each other.
 */
public final class WorldVariables {
  /** How long processes wait for each other where nobody says. */
  public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);

  static final String HOST = "MASTER_ADDR";
  static final String PORT = "MASTER_PORT";
  static final String TIMEOUT = "TUBELET_TIMEOUT";

  private WorldVariables() {}

  /**
   * The place that {@code environment} tells; empty where it tells of none, or of a world of one.
   *
   * @throws IllegalArgumentException when variables are missing, or contradict each other
   */
  public static Optional<World> read(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    Optional<World> world;
    if (TorchVariables.areIn(variables)) {
      world = Optional.of(TorchVariables.world(variables));
    } else if (OpenMpiVariables.areIn(variables)) {
      world = Optional.of(OpenMpiVariables.world(variables));
    } else if (SlurmVariables.areIn(variables)) {
      world = Optional.of(SlurmVariables.world(variables));
    } else {
      TorchVariables.requireNone(variables);
      world = Optional.empty();
    }
    return world.filter(place -> place.size() > 1);
  }

  /** The variables, of the first kind, that {@link #read} takes for this place. */
  public static Map<String, String> of(World world) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(TorchVariables.RANK, Integer.toString(world.rank()));
    variables.put(TorchVariables.SIZE, Integer.toString(world.size()));
    variables.put(TorchVariables.LOCAL_RANK, Integer.toString(world.localRank()));
    variables.put(TorchVariables.LOCAL_SIZE, Integer.toString(world.localSize()));
    variables.put(HOST, world.host());
    variables.put(PORT, Integer.toString(world.port()));
    variables.put(TIMEOUT, Long.toString(Math.max(1, world.timeout().toSeconds())));
    return variables;
  }

  static Duration timeout(Variables variables) {
    return variables.has(TIMEOUT)
        ? Duration.ofSeconds(variables.number(TIMEOUT, 1))
        : USUAL_TIMEOUT;
  }
}

package io.tubelet.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldVariablesTest {
  private static final Map<String, String> TORCH =
      variables(
          "RANK=5 WORLD_SIZE=8 LOCAL_RANK=1 LOCAL_WORLD_SIZE=4 MASTER_ADDR=head MASTER_PORT=4711");

  private static final Map<String, String> SLURM =
      variables(
          "SLURM_PROCID=5 SLURM_NTASKS=11 SLURM_LOCALID=1 SLURM_NODEID=1 SLURM_STEP_ID=0"
              + " SLURM_TASKS_PER_NODE=4(x2),3 SLURM_JOB_NODELIST=node[01-02,07] SLURM_JOB_ID=123456");

  private static final Map<String, String> OPEN_MPI =
      variables(
          "OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=1"
              + " OMPI_COMM_WORLD_LOCAL_SIZE=2 MASTER_ADDR=head");

  @Test
  void read_nothing_isNoWorld() {
    assertThat(World.fromEnvironment(Map.of("HOME", "/root", "RANK", ""))).isEmpty();
  }

  @Test
  void read_torchrun_isItsPlace() {
    assertThat(World.fromEnvironment(TORCH))
        .contains(new World(5, 8, 1, 4, "head", 4711, WorldVariables.USUAL_TIMEOUT));
  }

  @Test
  void read_kubernetesWithoutLocalRanks_hasTheMachineToItself() {
    assertThat(
            World.fromEnvironment(
                variables("RANK=1 WORLD_SIZE=2 MASTER_ADDR=job-0 MASTER_PORT=29500")))
        .contains(new World(1, 2, 0, 1, "job-0", 29_500, WorldVariables.USUAL_TIMEOUT));
  }

  @Test
  void read_worldOfOne_isNoWorld() {
    assertThat(
            World.fromEnvironment(
                variables("RANK=0 WORLD_SIZE=1 MASTER_ADDR=localhost MASTER_PORT=29500")))
        .isEmpty();
  }

  @Test
  void read_timeout_isInSeconds() {
    assertThat(World.fromEnvironment(with(TORCH, "TUBELET_TIMEOUT=90")).orElseThrow().timeout())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void of_thenRead_isTheSamePlace() {
    World world = new World(2, 3, 0, 1, "10.0.0.1", 4000, Duration.ofSeconds(7));

    assertThat(World.fromEnvironment(WorldVariables.of(world))).contains(world);
  }

  @Test
  void read_slurm_countsTasksAndTakesTheFirstMachine() {
    World world = World.fromEnvironment(SLURM).orElseThrow();

    assertThat(world)
        .isEqualTo(new World(5, 11, 1, 4, "node01", 18_456, WorldVariables.USUAL_TIMEOUT));
  }

  @Test
  void read_slurmLastMachine_hasFewerTasks() {
    Map<String, String> last = with(SLURM, "SLURM_PROCID=10 SLURM_LOCALID=2 SLURM_NODEID=2");

    assertThat(World.fromEnvironment(last).orElseThrow().localSize()).isEqualTo(3);
  }

  @Test
  void read_slurmStepSmallerThanItsJob_isTheStep() {
    Map<String, String> step =
        with(
            SLURM,
            "SLURM_STEP_NUM_TASKS=2 SLURM_STEP_TASKS_PER_NODE=1(x2) SLURM_STEP_NODELIST=node[02,07]"
                + " SLURM_PROCID=1 SLURM_LOCALID=0");

    assertThat(World.fromEnvironment(step).orElseThrow())
        .extracting(World::size, World::localSize, World::host)
        .containsExactly(2, 1, "node02");
  }

  @Test
  void read_slurmTasksPerNodeOption_isThePartOfAMachine() {
    Map<String, String> option =
        with(without(SLURM, "SLURM_TASKS_PER_NODE"), "SLURM_NTASKS=8 SLURM_NTASKS_PER_NODE=4");

    assertThat(World.fromEnvironment(option).orElseThrow().localSize()).isEqualTo(4);
  }

  @Test
  void read_slurmStepsOfOneJob_meetAtDifferentPorts() {
    int first = World.fromEnvironment(SLURM).orElseThrow().port();
    int second = World.fromEnvironment(with(SLURM, "SLURM_STEP_ID=1")).orElseThrow().port();

    assertThat(second).isBetween(15_000, 29_999).isNotEqualTo(first);
  }

  @Test
  void read_slurmWithMasterVariables_meetsThere() {
    assertThat(
            World.fromEnvironment(with(SLURM, "MASTER_ADDR=10.0.0.9 MASTER_PORT=5000"))
                .orElseThrow())
        .extracting(World::host, World::port)
        .containsExactly("10.0.0.9", 5000);
  }

  @Test
  void read_slurmWithoutList_meetsWhereItWasLaunched() {
    Map<String, String> bare =
        with(without(SLURM, "SLURM_JOB_NODELIST"), "SLURM_LAUNCH_NODE_IPADDR=10.1.2.3");

    assertThat(World.fromEnvironment(bare).orElseThrow().host()).isEqualTo("10.1.2.3");
  }

  @Test
  void read_slurmBatchScriptItself_isNoWorld() {
    assertThat(World.fromEnvironment(without(SLURM, "SLURM_STEP_ID"))).isEmpty();
  }

  @Test
  void read_slurmShellOnATerminal_isNoWorld() {
    assertThat(World.fromEnvironment(with(SLURM, "SLURM_PTY_PORT=40000"))).isEmpty();
  }

  @Test
  void read_openMpi_isItsPlace() {
    assertThat(World.fromEnvironment(OPEN_MPI))
        .contains(new World(3, 4, 1, 2, "head", 29_500, WorldVariables.USUAL_TIMEOUT));
  }

  @Test
  void read_openMpiOnOneMachine_meetsAtLoopback() {
    Map<String, String> one =
        with(
            without(OPEN_MPI, "MASTER_ADDR"),
            "OMPI_COMM_WORLD_LOCAL_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=3");

    assertThat(World.fromEnvironment(one).orElseThrow().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void read_ranksWithinMpiWithinSlurm_areTheInnermost() {
    Map<String, String> mpi = with(SLURM, OPEN_MPI);

    assertThat(World.fromEnvironment(mpi).orElseThrow().size()).isEqualTo(4);
    assertThat(World.fromEnvironment(with(mpi, TORCH)).orElseThrow().size()).isEqualTo(8);
  }

  /** What is changed in a whole environment, and what the complaint must say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RANK=            | RANK is not set: RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT are given together",
        "WORLD_SIZE=      | WORLD_SIZE is not set",
        "MASTER_ADDR=     | MASTER_ADDR is not set",
        "MASTER_PORT=     | MASTER_PORT is not set",
        "LOCAL_RANK=      | LOCAL_RANK is not set: LOCAL_RANK and LOCAL_WORLD_SIZE are given together",
        "LOCAL_WORLD_SIZE=| LOCAL_WORLD_SIZE is not set",
        "RANK=8           | RANK=8, but WORLD_SIZE=8: ranks are from 0 to 7",
        "RANK=-1          | RANK=-1: a whole number of at least 0 is needed",
        "RANK=five        | RANK=five: a whole number",
        "WORLD_SIZE=0     | WORLD_SIZE=0: a whole number of at least 1",
        "LOCAL_RANK=4     | LOCAL_RANK=4, but LOCAL_WORLD_SIZE=4: ranks are from 0 to 3",
        "LOCAL_WORLD_SIZE=9 | LOCAL_WORLD_SIZE=9, but WORLD_SIZE=8",
        "RANK=0           | LOCAL_RANK=1 is above RANK=0",
        "MASTER_PORT=70000| MASTER_PORT=70000: a port is from 1 to 65535",
        "TUBELET_TIMEOUT=0| TUBELET_TIMEOUT=0: a whole number of at least 1"
      })
  void read_torchVariablesContradictory_areNamed(String change, String complaint) {
    assertRefused(with(TORCH, change), complaint);
  }

  @ParameterizedTest
  @CsvSource({"MASTER_ADDR=head", "MASTER_PORT=29500", "LOCAL_RANK=0", "LOCAL_WORLD_SIZE=2"})
  void read_meetingPlaceWithoutRank_isRefused(String only) {
    String name = only.substring(0, only.indexOf('='));

    assertRefused(variables(only), name + " is set but RANK is not");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SLURM_NTASKS=       | SLURM_NTASKS is not set",
        "SLURM_LOCALID=      | SLURM_LOCALID is not set",
        "SLURM_PROCID=11     | SLURM_PROCID=11, but SLURM_NTASKS=11",
        "SLURM_NTASKS=12     | SLURM_TASKS_PER_NODE=4(x2),3 makes 11 tasks, but SLURM_NTASKS=12",
        "SLURM_NODEID=3      | SLURM_NODEID=3, but SLURM_TASKS_PER_NODE=4(x2),3 tells of 3 machines",
        "SLURM_LOCALID=4     | SLURM_LOCALID=4, but this machine has 4 of the tasks",
        "SLURM_TASKS_PER_NODE=4*2 | '4*2' is not a number of tasks, written 4 or 4(x2)",
        "SLURM_JOB_NODELIST=node[01-| SLURM_JOB_NODELIST=node[01-: the first machine cannot be told",
        "SLURM_JOB_NODELIST= | SLURM_LAUNCH_NODE_IPADDR is not set: Slurm names no machine; give MASTER_ADDR",
        "SLURM_JOB_ID=       | give MASTER_PORT",
        "SLURM_JOB_ID=x      | SLURM_JOB_ID=x: a number is needed"
      })
  void read_slurmVariablesContradictory_areNamed(String change, String complaint) {
    assertRefused(with(SLURM, change), complaint);
  }

  @Test
  void read_slurmOfSeveralMachinesWithoutTasks_isRefused() {
    assertRefused(
        with(without(SLURM, "SLURM_TASKS_PER_NODE"), "SLURM_NNODES=3"),
        "SLURM_NNODES=3, but neither SLURM_TASKS_PER_NODE nor SLURM_NTASKS_PER_NODE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MASTER_ADDR=               | MASTER_ADDR is not set: mpirun runs on several machines",
        "OMPI_COMM_WORLD_RANK=4     | OMPI_COMM_WORLD_RANK=4, but OMPI_COMM_WORLD_SIZE=4",
        "OMPI_COMM_WORLD_SIZE=      | OMPI_COMM_WORLD_SIZE is not set",
        "OMPI_COMM_WORLD_LOCAL_SIZE=| OMPI_COMM_WORLD_LOCAL_SIZE is not set"
      })
  void read_openMpiVariablesContradictory_areNamed(String change, String complaint) {
    assertRefused(with(OPEN_MPI, change), complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node1                | node1",
        "node1,node2          | node1",
        "node[01-04,07]       | node01",
        "node[7,9-12],gpu3    | node7",
        "gpu3,node[01-04]     | gpu3",
        "rack[1-2]-n[05,06].x | rack1-n05.x"
      })
  void first_listsOfMachines_isTheFirstOne(String list, String first) {
    assertThat(SlurmNodes.first("LIST", list)).isEqualTo(first);
  }

  private static void assertRefused(Map<String, String> environment, String complaint) {
    assertThatThrownBy(() -> World.fromEnvironment(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint)
        .hasMessageNotContaining("\n");
  }

  private static Map<String, String> variables(String words) {
    Map<String, String> variables = new HashMap<>();
    for (String word : words.trim().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      variables.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return variables;
  }

  private static Map<String, String> with(Map<String, String> environment, String changes) {
    return with(environment, variables(changes));
  }

  private static Map<String, String> with(
      Map<String, String> environment, Map<String, String> changes) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.putAll(changes);
    return changed;
  }

  private static Map<String, String> without(Map<String, String> environment, String name) {
    Map<String, String> fewer = new HashMap<>(environment);
    fewer.remove(name);
    return fewer;
  }
}

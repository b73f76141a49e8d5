package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tubelet.machine.Machine;
import io.tubelet.model.VitSize;
import io.tubelet.tensor.Precision;
import io.tubelet.train.StopSignal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepBenchTest {
  private static final int REPLICAS = 2;
  private static final int REPEATS = 2;

  private final StopSignal stop = new StopSignal();

  @Test
  void measure_smallCase_timesItsUpdatesAndTheirPhases() {
    StepResult result = bench(Machine.detect()).measure(Cases.small()).orElseThrow();

    assertThat(result.updates()).hasSize(REPEATS);
    assertThat(result.split().replicas()).isEqualTo(REPLICAS);
    assertThat(result.rate()).isPositive();
    assertThat(result.matrixRate()).isPositive();
    Map<Phase, Double> phases = result.typical().phases();
    assertThat(phases.keySet()).containsExactly(Phase.values());
    assertThat(phases.values()).allMatch(seconds -> seconds > 0);
    assertThat(result.typical().elsewhere()).isPositive();
  }

  @Test
  void measure_theSameBatch_isLearnt() {
    StepResult result = bench(Machine.detect()).measure(Cases.small()).orElseThrow();

    double first = result.updates().get(0).loss();
    assertThat(result.updates().get(1).loss()).isLessThan(first);
  }

  /** Elsewhere than on Linux nobody tells. */
  @Test
  void measure_peakMemory_isTheCasesOwn() {
    StepResult result = bench(Machine.detect()).measure(Cases.small()).orElseThrow();

    if (result.peakOfCase()) {
      long state = 4L * Float.BYTES * result.parameters();
      assertThat(result.peakBytes().orElseThrow()).isGreaterThan(state);
    }
    assertThat(result.peakOfCase()).isEqualTo(Machine.forgetPeakResidentBytes());
  }

  @Test
  void measure_askedToStop_ends() {
    stop.request();

    assertThat(bench(Machine.detect()).measure(Cases.small())).isEmpty();
  }

  @Test
  void obstacle_modelLargerThanTheMachine_isNamed() {
    StepCase huge =
        new StepCase(
            Family.VIDEOMAE,
            VitSize.HUGE,
            64,
            Precision.FP32,
            Encoding.DENSE,
            Decoding.FULL,
            4,
            0,
            0.9,
            16,
            224);
    Machine here = Machine.detect();
    Machine small = new Machine(here.os(), here.cpu(), here.cpuFlags(), here.cores(), 4L << 30);

    assertThat(bench(small).obstacle(huge).orElseThrow()).contains("this machine has 4.3");
    assertThat(bench(small).obstacle(Cases.small())).isEmpty();
  }

  @Test
  void settings_nonsense_namesTheOption() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BenchSettings(0, 0, 0, Machine.detect(), 1))
        .withMessage("repeat must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BenchSettings(-1, 0, 1, Machine.detect(), 1))
        .withMessage("replicas must be at least 0, got -1");
  }

  private StepBench bench(Machine machine) {
    return new StepBench(new BenchSettings(REPLICAS, 1, REPEATS, machine, 1), stop);
  }
}

package io.tubelet.bench;

import io.tubelet.machine.Machine;
import io.tubelet.measure.Decoding;
import io.tubelet.measure.Encoding;
import io.tubelet.measure.Family;
import io.tubelet.measure.PretrainStep;
import io.tubelet.measure.StepCase;
import io.tubelet.measure.StepTiming;
import io.tubelet.model.VitSize;
import io.tubelet.tensor.Precision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The update that {@code tubelet bench step} measures, under JMH: a ViT-B on two clips of 16 x 224
 * x 224 with 90 % hidden. Seconds an update; halve them for seconds a clip.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class PretrainStepBenchmark {
  @Param Family family = Family.VIDEOMAE;
  @Param Precision precision = Precision.FP32;

  private PretrainStep step;

  @Setup
  public void build() {
    step =
        new PretrainStep(
            new StepCase(
                family,
                VitSize.BASE,
                2,
                precision,
                Encoding.SPARSE,
                Decoding.FULL,
                4,
                0,
                0.9,
                16,
                224),
            0,
            Machine.detect().memoryBytes());
  }

  @Benchmark
  public StepTiming update() {
    return step.update();
  }

  @TearDown
  public void free() {
    step.close();
  }
}

package io.tubelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.fixture.FixtureFolder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LearningRateTest {
  @TestFactory
  List<DynamicTest> schedules_officialTables_agreeAtEveryIteration() {
    List<DynamicTest> tests = new ArrayList<>();
    for (FixtureFolder folder : FixtureFolder.all()) {
      folder
          .table("lr_schedules")
          .ifPresent(
              table -> {
                table.get("maest").forEach(c -> tests.add(test(folder, maeSt(c), c)));
                table.get("videomae").forEach(c -> tests.add(test(folder, videoMae(c), c)));
              });
    }
    return tests;
  }

  private static LearningRate maeSt(JsonNode c) {
    return new FractionalEpochCosine(
        c.get("lr").asDouble(),
        c.get("min_lr").asDouble(),
        c.get("warmup_epochs").asDouble(),
        c.get("epochs").asDouble(),
        c.get("iters_per_epoch").asLong());
  }

  private static LearningRate videoMae(JsonNode c) {
    long perEpoch = c.get("iters_per_epoch").asLong();
    long warmup = c.get("warmup_steps").asLong();
    return new SteppedCosine(
        c.get("base").asDouble(),
        c.get("final").asDouble(),
        warmup > 0 ? warmup : c.get("warmup_epochs").asLong() * perEpoch,
        c.get("epochs").asLong() * perEpoch);
  }

  private static DynamicTest test(FixtureFolder folder, LearningRate schedule, JsonNode c) {
    return dynamicTest(
        folder.name() + " " + schedule,
        () -> {
          for (int step = 0; step < c.get("values").size(); step++) {
            double expected = c.get("values").get(step).asDouble();
            assertThat(schedule.at(step))
                .as("step %d", step)
                .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
          }
        });
  }

  @Test
  void scaled_effectiveBatch_isRelativeTo256() {
    assertThat(LearningRate.scaled(1.5e-4, 1024)).isEqualTo(6e-4);
  }

  @Test
  void warmup_longerThanTraining_isRefusedWithBothNumbers() {
    assertThatThrownBy(() -> new FractionalEpochCosine(1, 0, 5, 5, 10))
        .hasMessageContaining("warmup-epochs=5.0")
        .hasMessageContaining("epochs=5.0");
    assertThatThrownBy(() -> new SteppedCosine(1, 0, 11, 10))
        .hasMessageContaining("warmup-steps=11")
        .hasMessageContaining("steps=10");
  }
}

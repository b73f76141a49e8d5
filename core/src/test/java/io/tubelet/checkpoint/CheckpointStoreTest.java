package io.tubelet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CheckpointStoreTest {
  private final Path run;
  private final TensorScope scope = new TensorScope();

  CheckpointStoreTest(@TempDir Path folder) {
    this.run = folder.resolve("run");
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void save_thenLatest_givesBackTensorsProgressAndProvenance() throws IOException {
    CheckpointStore store = new CheckpointStore(run, 2, false);
    TrainingState state = TinyRun.state(5);
    Provenance provenance = TinyRun.provenance(5, 0.25);

    store.save(state, provenance);
    Checkpoint read = latest(store);

    assertThat(read.folder()).isEqualTo(run.resolve("step-00000005"));
    assertThat(read.provenance()).isEqualTo(provenance);
    assertThat(read.progress().get("step").asLong()).isEqualTo(5);
    Map<String, Tensor> parameters = TinyRun.parameters(0);
    Map<String, Tensor> moments = TinyRun.state(0).optimizer();
    read.copyInto(parameters, moments);
    assertSame(parameters, state.parameters());
    assertSame(moments, state.optimizer());
  }

  @Test
  void save_many_keepsTheNewestAndTheBest() throws IOException {
    CheckpointStore store = new CheckpointStore(run, 2, true);
    double[] losses = {0.9, 0.2, 0.5, Double.NaN, 0.4};
    for (int step = 1; step <= losses.length; step++) {
      store.save(TinyRun.state(step), TinyRun.provenance(step, losses[step - 1]));
    }
    assertThat(names()).containsExactly("step-00000002", "step-00000004", "step-00000005");
    assertThat(latest(store).provenance().step()).isEqualTo(5);
    assertThat(store.best()).map(c -> c.provenance().step()).hasValue(2L);
  }

  @Test
  void save_withoutKeepBest_keepsTheNewestOnly() throws IOException {
    CheckpointStore store = new CheckpointStore(run, 1, false);
    store.save(TinyRun.state(1), TinyRun.provenance(1, 0.1));
    store.save(TinyRun.state(2), TinyRun.provenance(2, 0.2));
    assertThat(names()).containsExactly("step-00000002");
  }

  @Test
  void save_sameStepTwice_holdsTheSecond() throws IOException {
    CheckpointStore store = new CheckpointStore(run, 3, true);
    store.save(TinyRun.state(4), TinyRun.provenance(4, 0.1));
    store.save(TinyRun.state(4), TinyRun.provenance(4, 0.3));
    assertThat(names()).containsExactly("step-00000004");
    assertThat(latest(store).provenance().loss()).isEqualTo(0.3);
  }

  @Test
  void save_interruptedEarlier_clearsWhatWasLeft() throws IOException {
    Files.createDirectories(run.resolve(".saving-step-00000003/deep"));
    Files.createDirectories(run.resolve(".deleting-step-00000001"));
    Files.writeString(run.resolve(".saving-step-00000003/model.safetensors"), "half");
    Files.writeString(run.resolve("notes.txt"), "mine");
    new CheckpointStore(run, 1, true).save(TinyRun.state(3), TinyRun.provenance(3, 1));
    assertThat(names()).containsExactly("notes.txt", "step-00000003");
  }

  @Test
  void latest_newestDamaged_fallsBackAndNamesIt() throws IOException {
    CheckpointStore store = twoSteps();
    flipLastByte(run.resolve("step-00000002/optimizer.safetensors"));
    ListAppender<ILoggingEvent> log = listen();

    assertThat(latest(store).provenance().step()).isEqualTo(1);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("step-00000002", "optimizer.safetensors", "SHA-256");
  }

  @Test
  void latest_stateMissingOrFileCut_fallsBack() throws IOException {
    CheckpointStore store = twoSteps();
    Path model = run.resolve("step-00000002/model.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    Files.write(model, List.of("short"));
    assertThat(latest(store).provenance().step()).isEqualTo(1);
    Files.write(model, bytes);
    assertThat(latest(store).provenance().step()).isEqualTo(2);
    Files.delete(run.resolve("step-00000002/state.json"));
    assertThat(latest(store).provenance().step()).isEqualTo(1);
  }

  @Test
  void latest_allDamaged_isAnErrorNotAFreshStart() throws IOException {
    CheckpointStore store = twoSteps();
    flipLastByte(run.resolve("step-00000001/model.safetensors"));
    flipLastByte(run.resolve("step-00000002/model.safetensors"));
    assertThatThrownBy(store::latest)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("no whole checkpoint")
        .hasMessageContaining("step-00000001")
        .hasMessageContaining("step-00000002");
  }

  @Test
  void latest_whileTheRunGoesOn_alwaysFindsOne() throws Exception {
    CheckpointStore store = new CheckpointStore(run, 1, false, new UnforcedDisk());
    store.save(TinyRun.state(1), TinyRun.provenance(1, 1));
    AtomicBoolean running = new AtomicBoolean(true);
    CompletableFuture<Long> reader =
        CompletableFuture.supplyAsync(
            () -> {
              long newest = 0;
              while (running.get()) {
                try {
                  long step = latest(new CheckpointStore(run, 1, false)).provenance().step();
                  assertThat(step).isGreaterThanOrEqualTo(newest);
                  newest = step;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
              return newest;
            });
    for (int step = 2; step <= 150 && !reader.isDone(); step++) {
      store.save(TinyRun.state(step), TinyRun.provenance(step, 1));
    }
    running.set(false);
    assertThat(reader.get()).isPositive();
  }

  @Test
  void latest_noFolder_isEmpty() throws IOException {
    assertThat(new CheckpointStore(run, 1, true).latest()).isEmpty();
    assertThat(new CheckpointStore(run, 1, true).best()).isEmpty();
  }

  @Test
  void latest_newerFormat_isRefusedRatherThanPassedOver() throws IOException {
    CheckpointStore store = twoSteps();
    Path state = run.resolve("step-00000002/state.json");
    String text = Files.readString(state);
    Files.writeString(state, text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    assertThatThrownBy(store::latest)
        .isInstanceOf(CheckpointVersionException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("version 1");
  }

  @Test
  void open_stateMutatedAtRandom_isRefusedClearlyOrRead() throws IOException {
    CheckpointStore store = twoSteps();
    Path folder = latest(store).folder();
    Path state = folder.resolve("state.json");
    byte[] good = Files.readAllBytes(state);
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      bytes[random.nextInt(bytes.length)] = (byte) "0{}[],:\"-".charAt(random.nextInt(9));
      Files.delete(state); // some file systems wait for the disk when a file is overwritten
      Files.write(state, bytes);
      try {
        assertThat(Checkpoint.open(folder).files()).hasSize(2);
      } catch (CheckpointException e) {
        assertThat(e).hasMessageStartingWith(folder.toString());
        refused++;
      }
    }
    assertThat(refused).isBetween(300, 2990);
  }

  @Test
  void prune_damagedNewest_doesNotCountAmongTheKept() throws IOException {
    CheckpointStore store = new CheckpointStore(run, 2, false);
    for (int step = 1; step <= 2; step++) {
      store.save(TinyRun.state(step), TinyRun.provenance(step, 1));
    }
    Files.delete(run.resolve("step-00000002/state.json"));
    store.save(TinyRun.state(3), TinyRun.provenance(3, 1));
    assertThat(names()).containsExactly("step-00000001", "step-00000002", "step-00000003");
  }

  @Test
  void requireFreshOrSame_anotherRunThere_saysWhatDiffers() throws IOException {
    CheckpointStore store = twoSteps();
    ObjectNode same = TinyRun.configuration();
    ObjectNode other = TinyRun.configuration();
    other.withObject("/mask").put("ratio", 0.75);
    other.put("epochs", 3);

    store.requireFreshOrSame(same, TinyRun.DATA, true, Set.of(), UnaryOperator.identity());
    new CheckpointStore(run.resolve("fresh"), 1, true)
        .requireFreshOrSame(other, TinyRun.DATA, false, Set.of(), UnaryOperator.identity());

    assertThatThrownBy(
            () ->
                store.requireFreshOrSame(
                    same, TinyRun.DATA, false, Set.of(), UnaryOperator.identity()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("holds a run at step 2");
    assertThatThrownBy(
            () ->
                store.requireFreshOrSame(
                    other, TinyRun.DATA, true, Set.of(), UnaryOperator.identity()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("mask.ratio: was 0.9, is 0.75")
        .hasMessageContaining("epochs: was absent, is 3");
    RunData others = new RunData(new DataSource("other", 9), null);
    assertThatThrownBy(
            () -> store.requireFreshOrSame(same, others, true, Set.of(), UnaryOperator.identity()))
        .hasMessageContaining("the videos: were")
        .hasMessageContaining("5d41402a");
  }

  @Test
  void requireFreshOrSame_otherValidationVideos_areTold() throws IOException {
    CheckpointStore store = new CheckpointStore(run, 1, true);
    store.save(TinyRun.state(1), TinyRun.provenance(1, 0.5, validatedOn("7e1c", 4)));

    store.requireFreshOrSame(
        TinyRun.configuration(), validatedOn("7e1c", 4), true, Set.of(), UnaryOperator.identity());
    assertThatThrownBy(
            () ->
                store.requireFreshOrSame(
                    TinyRun.configuration(),
                    validatedOn("90ab", 5),
                    true,
                    Set.of(),
                    UnaryOperator.identity()))
        .isInstanceOf(CheckpointException.class)
        .message()
        .hasLineCount(1)
        .contains("the validation videos: were", "7e1c", "90ab")
        .doesNotContain("the videos");
  }

  /** Checkpoints of before the validation videos were written down. */
  @Test
  void requireFreshOrSame_validationVideosNotWrittenDown_areNotCompared() throws IOException {
    CheckpointStore store = twoSteps();

    assertThat(latest(store).provenance().toJson().path("data").has("validation")).isFalse();
    store.requireFreshOrSame(
        TinyRun.configuration(), validatedOn("90ab", 5), true, Set.of(), UnaryOperator.identity());
  }

  private static RunData validatedOn(String digest, long videos) {
    return new RunData(TinyRun.DATA.training(), new DataSource(digest, videos));
  }

  @Test
  void store_keepNone_isRefused() {
    assertThatThrownBy(() -> new CheckpointStore(run, 0, true))
        .hasMessageContaining("keepLast must be at least 1, got 0");
  }

  private CheckpointStore twoSteps() throws IOException {
    CheckpointStore store = new CheckpointStore(run, 3, true);
    store.save(TinyRun.state(1), TinyRun.provenance(1, 0.5));
    store.save(TinyRun.state(2), TinyRun.provenance(2, 0.4));
    return store;
  }

  private static Checkpoint latest(CheckpointStore store) throws IOException {
    Optional<Checkpoint> latest = store.latest();
    return latest.orElseThrow(() -> new AssertionError("no checkpoint"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(run)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> assertThat(tensor.equal(actual.get(name))).as(name).isTrue());
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  private static ListAppender<ILoggingEvent> listen() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(SavedSteps.class)).addAppender(log);
    return log;
  }
}

package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.ModelFile;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.config.TokenizerConfig;
import io.tubelet.data.Manifest;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.Verdict;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From frames to words, and from words to a pre-training that predicts them. */
class TokenizerRunTest {
  private static final int VOCABULARY = 16;

  private static Path list = Path.of("");
  private static Path words = Path.of("");
  private static TokenizerResult trained;

  @BeforeAll
  static void trainATokenizer(@TempDir Path folder) throws Exception {
    Path all = SmallRun.clips(folder.resolve("clips"));
    list = all.resolveSibling("few.csv");
    Files.write(list, Files.readAllLines(all).subList(0, 16));
    words = folder.resolve("words");
    trained = run(plan(), words, new StopSignal());
  }

  private static TokenizerPlan plan(String... changes) throws IOException {
    Map<String, String> settings =
        new LinkedHashMap<>(
            Map.ofEntries(
                Map.entry("model.width", "8"),
                Map.entry("model.vocabulary", Integer.toString(VOCABULARY)),
                Map.entry("model.blocks", "1"),
                Map.entry("model.embedding", "16"),
                Map.entry("picture.frames", "1"),
                Map.entry("picture.height", "32"),
                Map.entry("picture.width", "32"),
                Map.entry("data.workers", "2"),
                Map.entry("data.cache", "0"),
                Map.entry("train.updates", "200"),
                Map.entry("train.warmup", "10"),
                Map.entry("train.batch", "8"),
                Map.entry("train.log-every", "20"),
                Map.entry("train.checkpoint-every", "0")));
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    return new TokenizerPlan(
        TokenizerConfig.read("tokenizers/small", settings), Manifest.read(list));
  }

  private static TokenizerResult run(
      TokenizerPlan plan, Path folder, StopSignal stop, StepSink... watchers)
      throws IOException, InterruptedException {
    try (TokenizerRun run =
        new TokenizerRun(plan, folder, Start.RESUME_IF_THERE, List.of(watchers))) {
      return run.run(stop);
    }
  }

  @Test
  void run_framesOfTheDemo_areToldFromTheirWords() throws IOException {
    TokenizerScore score = trained.score().orElseThrow();
    assertThat(score.learnt()).as(score.sentence()).isTrue();
    assertThat(trained.failed()).isFalse();
    assertThat(score.use().perplexity()).isBetween(2.0, (double) VOCABULARY);
    assertThat(words.resolve("words.png")).isNotEmptyFile();
    assertThat(Files.readString(words.resolve("report.html")))
        .contains("Learnt", "Perplexity", "painting the mean");
    try (ModelFile file = ModelFile.open(words)) {
      assertThat(file.provenance()).isPresent();
      assertThat(file.configuration().at("/tokenizer/vocabulary").asInt()).isEqualTo(VOCABULARY);
    }
  }

  @Test
  void run_stoppedAndResumed_endsWithTheSameWeights(@TempDir Path folder) throws Exception {
    String[] short20 = {"train.updates", "20", "train.replicas", "1"};
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    run(plan(short20), whole, new StopSignal());
    StopSignal stop = new StopSignal();
    TokenizerResult first = run(plan(short20), parts, stop, at(7, stop));
    assertThat(first.step()).isEqualTo(7);
    assertThat(first.describe()).contains("--resume");

    run(plan(short20), parts, new StopSignal());

    assertThat(SavedTensors.bytes(model(parts))).isEqualTo(SavedTensors.bytes(model(whole)));
  }

  private static Path model(Path folder) throws IOException {
    try (ModelFile file = ModelFile.open(folder)) {
      return file.tensors().file();
    }
  }

  /** Asks for a stop after an update. */
  private static StepSink at(long update, StopSignal stop) {
    return new StepSink() {
      @Override
      public void onStep(long step) {
        if (step == update) {
          stop.request();
        }
      }

      @Override
      public void accept(StepReport report) {}

      @Override
      public void close() {}
    };
  }

  @Test
  void run_hardlyAnyUpdates_learnsNothingAndSaysSo(@TempDir Path folder) throws Exception {
    TokenizerResult result =
        run(plan("train.updates", "2", "train.warmup", "1"), folder, new StopSignal());
    assertThat(result.failed()).isTrue();
    assertThat(result.describe()).contains("Nothing learnt");
  }

  @Test
  void describe_plan_saysPicturesAndVocabulary() throws IOException {
    assertThat(plan().describe("scratch"))
        .contains("1 of each clip, 32 x 32: 4 x 4 words of 8 pixels")
        .contains("16 words")
        .contains("200 updates");
  }

  @Test
  void plan_pictureOfHalfWords_isRefused() {
    assertThatThrownBy(() -> plan("picture.height", "36"))
        .hasMessageContaining("picture.height")
        .hasMessageContaining("36");
  }

  private static PretrainPlan pretraining(String target, int updates) throws IOException {
    return SmallRun.plan(
        list,
        "target",
        target,
        "loss",
        "cross-entropy",
        "model.decoder.predicted-frames",
        "4",
        "data.crop",
        "{kind: centre}",
        "optimizer.base-lr",
        "0.1",
        "train.epochs",
        Integer.toString(updates / 2),
        "train.log-every",
        "10",
        "train.checkpoint-every",
        "0");
  }

  private static String tokens(Path tokenizer, int vocabulary) {
    return "{kind: tokens, tokenizer: %s, vocabulary: %d}".formatted(tokenizer, vocabulary);
  }

  @Test
  void pretrain_wordsAsTarget_endsBelowTheirFrequencies(@TempDir Path folder) throws Exception {
    PretrainPlan plan = pretraining(tokens(words, VOCABULARY), 120);
    assertThat(plan.describe("scratch")).contains("16 values a token; cross-entropy");

    Verdict verdict = SmallRun.run(plan, folder, new StopSignal()).verdict();

    assertThat(verdict.finalLoss()).isLessThan(0.9 * verdict.baseline());
    assertThat(folder.resolve("report.html")).exists();
    try (ModelFile file = ModelFile.open(folder);
        MaskedAutoencoder model = Reconstructor.model(file)) {
      PretrainedConfig config = Reconstructor.configuration(file);
      assertThatThrownBy(() -> new Reconstructor(config, model, Placement.CPU))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("words of " + words);
    }
  }

  @Test
  void pretrain_otherVocabulary_isRefusedWithBothNumbers(@TempDir Path folder) throws IOException {
    PretrainPlan plan = pretraining(tokens(words, 8192), 2);
    assertThatThrownBy(() -> SmallRun.run(plan, folder, new StopSignal()))
        .hasMessageContaining("target.vocabulary")
        .hasMessageContaining("16")
        .hasMessageContaining("8192");
  }

  @Test
  void pretrain_noTokenizer_isRefusedByName(@TempDir Path folder) throws IOException {
    PretrainPlan plan = pretraining(tokens(folder.resolve("none.pth"), 16), 2);
    assertThatThrownBy(() -> SmallRun.run(plan, folder.resolve("run"), new StopSignal()))
        .hasMessageContaining("none.pth");
  }

  @Test
  void reconstruct_tokenizer_isNoMaskedAutoencoder() throws Exception {
    try (ModelFile file = ModelFile.open(words)) {
      assertThatThrownBy(() -> Reconstructor.configuration(file))
          .hasMessageContaining("is a tokenizer");
    }
    assertThatThrownBy(() -> FrozenEncoder.open(words, Compute.CPU_FP32, true))
        .hasMessageContaining("is a tokenizer");
  }
}

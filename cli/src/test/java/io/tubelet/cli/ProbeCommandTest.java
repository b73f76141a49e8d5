package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.synthetic.MotionClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes as a user calls them. */
class ProbeCommandTest {
  private static Path clips = Path.of("");
  private static Path pretrained = Path.of("");

  @BeforeAll
  static void pretrainOnce(@TempDir Path folder) throws IOException, InterruptedException {
    clips = folder.resolve("clips");
    new MotionClips(40, 10, 32, 5).prepare(clips, done -> {});
    pretrained = folder.resolve("pretrained");
    Cli.run(
        Cli.smallPretrain(clips.resolve("pretrain.txt"), pretrained, "--set", "train.epochs=2")
            .toArray());
  }

  @Test
  void probe_precisionLeftToIt_saysWhichAndWhyAndKeepsToIt(@TempDir Path out) throws IOException {
    Cli first = probe(out, "knn");
    byte[] features = Files.readAllBytes(out.resolve("features/train.safetensors"));
    Cli second = probe(out, "logistic");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(line(first))
        .matches(
            "Features in (fp32|bf16): on 16 clips bf16 is \\d+\\.\\d\\d times as fast as fp32 .*")
        .contains("deviations typically");
    assertThat(first.out()).contains("unchanged, weight by weight", "Report:");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(line(second))
        .startsWith(line(first).substring(0, "Features in fp32: ".length()))
        .contains("as kept in", "features");
    assertThat(out.resolve("features/train.safetensors")).hasBinaryContent(features);
    assertThat(out.resolve("knn/evaluation.html")).content().contains("precision of features");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "logistic", "attentive", "knn"})
  void probe_bf16AskedFor_isComputedAnewAndLearntFrom(String kind, @TempDir Path out)
      throws IOException {
    Path file = out.resolve(kind.equals("attentive") ? "tokens" : "features");
    Cli exact = probe(out, kind, "--precision", "fp32");
    long inFull = Files.size(file.resolve("train.safetensors"));
    Cli brief = probe(out, kind, "--precision", "bf16");
    long inBrief = Files.size(file.resolve("train.safetensors"));
    Cli kept = probe(out, kind, "--precision", "auto");

    assertThat(exact.exitCode()).as(exact.err()).isZero();
    assertThat(line(exact)).isEqualTo("Features in fp32: as asked");
    assertThat(brief.exitCode()).as(brief.err()).isZero();
    assertThat(line(brief)).isEqualTo("Features in bf16: as asked");
    assertThat(inBrief).isLessThan(inFull);
    assertThat(line(kept)).startsWith("Features in bf16: as kept in");
  }

  @Test
  void probe_precisionOfAnotherName_isAUsageError(@TempDir Path out) {
    Cli wrong = probe(out, "knn", "--precision", "fp8");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("'fp8' is none of auto, fp32, bf16");
  }

  @Test
  void probe_streamThatNoVideoHas_isNamed(@TempDir Path out) {
    Cli wrong = probe(out, "knn", "--precision", "fp32", "--stream", "3");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(wrong.err()).contains("no stream 3 counted from 0");
  }

  private static String line(Cli probed) {
    return probed.out().lines().filter(l -> l.startsWith("Features in ")).findFirst().orElse("");
  }

  private static Cli probe(Path out, String kind, String... more) {
    List<Object> words = new ArrayList<>(List.of("probe", "--kind", kind, "--out", out));
    words.addAll(List.of("--checkpoint", pretrained));
    for (String set : List.of("train", "val", "test")) {
      words.addAll(List.of("--" + set, clips.resolve(set + ".csv")));
    }
    words.addAll(Arrays.asList(more));
    return Cli.run(words.toArray());
  }
}

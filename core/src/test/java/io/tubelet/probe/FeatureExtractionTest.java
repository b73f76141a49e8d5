package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.Safetensors;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureExtractionTest {
  private Path folder;
  private TensorScope scope;
  private final Fake backbone = new Fake();
  private final List<Integer> progress = new ArrayList<>();

  /** Two features: the clip's first byte, and that plus a half. */
  private static final class Fake implements Backbone {
    private String digest = "weights-1";
    private float add;
    private int calls;

    @Override
    public Tensor features(byte[] pixels, int clips) {
      assertThat(GradMode.is_enabled()).isFalse();
      calls++;
      float[] values = new float[clips * 2];
      for (int i = 0; i < clips; i++) {
        values[2 * i] = pixels[i * (pixels.length / clips)] + add;
        values[2 * i + 1] = values[2 * i] + 0.5f;
      }
      return HostArrays.ofFloats(values, clips, 2);
    }

    @Override
    public String digest() {
      return digest;
    }
  }

  @BeforeEach
  void open(@TempDir Path empty) {
    folder = empty;
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Clip i has two views of 3 bytes that begin with 10 i and 10 i + 1. */
  private static List<LabelledClip> clips(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new LabelledClip(
                    "clip-" + i,
                    i % 3,
                    () -> new byte[] {(byte) (10 * i), 0, 0, (byte) (10 * i + 1), 0, 0}))
        .toList();
  }

  private Path cache() {
    return folder.resolve("features.safetensors");
  }

  private FeatureExtraction extraction(String views, Precision precision) {
    return new FeatureExtraction(
        backbone,
        new FeatureRequest(2, views, precision, 4, 2),
        (clips, of) -> progress.add(clips),
        () -> false);
  }

  private FeatureSet extract(List<LabelledClip> clips, String views, Precision precision)
      throws IOException, InterruptedException {
    return extraction(views, precision).of(clips, "videos-1", cache()).orElseThrow();
  }

  @Test
  void of_fiveClipsOfTwoViews_keepsTheirOrder() throws Exception {
    FeatureSet set = extract(clips(5), "1x2", Precision.FP32);
    assertThat(HostArrays.toFloats(set.features()))
        .containsExactly(
            0f, 0.5f, 1f, 1.5f, 10f, 10.5f, 11f, 11.5f, 20f, 20.5f, 21f, 21.5f, 30f, 30.5f, 31f,
            31.5f, 40f, 40.5f, 41f, 41.5f);
    assertThat(set.labels()).containsExactly(0, 1, 2, 0, 1);
    assertThat(set.names()).startsWith("clip-0").endsWith("clip-4");
    assertThat(progress).containsExactly(2, 4, 5);
  }

  @Test
  void of_theSameAgain_comesFromTheFileWithTheLabelsOfToday() throws Exception {
    extract(clips(5), "1x2", Precision.FP32);
    int calls = backbone.calls;
    List<LabelledClip> relabelled =
        clips(5).stream().map(c -> new LabelledClip(c.name(), 7, c.views())).toList();
    FeatureSet again = extract(relabelled, "1x2", Precision.FP32);
    assertThat(backbone.calls).isEqualTo(calls);
    assertThat(again.features().select(0, 4).select(0, 1).select(0, 0).item_float()).isEqualTo(41);
    assertThat(again.labels()).containsOnly(7);
  }

  @Test
  void of_anythingElseThanBefore_isComputedAnew() throws Exception {
    extract(clips(5), "1x2", Precision.FP32);
    assertComputes(() -> extract(clips(5), "5x3", Precision.FP32));
    assertComputes(() -> extract(clips(5), "5x3", Precision.BF16));
    assertComputes(() -> extract(clips(4), "5x3", Precision.BF16));
    assertComputes(
        () -> extraction("5x3", Precision.BF16).of(clips(4), "videos-2", cache()).orElseThrow());
    backbone.digest = "weights-2";
    backbone.add = 1;
    FeatureSet last =
        assertComputes(
            () ->
                extraction("5x3", Precision.BF16).of(clips(4), "videos-2", cache()).orElseThrow());
    assertThat(
            last.features()
                .select(0, 0)
                .select(0, 0)
                .select(0, 0)
                .to(ScalarType.Float)
                .item_float())
        .isEqualTo(1);
    assertThat(last.features().scalar_type().intern()).isEqualTo(Precision.BF16.type());
  }

  private interface Extracting {
    FeatureSet run() throws IOException, InterruptedException;
  }

  private FeatureSet assertComputes(Extracting extracting)
      throws IOException, InterruptedException {
    int calls = backbone.calls;
    FeatureSet set = extracting.run();
    assertThat(backbone.calls).isGreaterThan(calls);
    return set;
  }

  @Test
  void of_stopped_leavesTheFileAsItWas() throws Exception {
    FeatureExtraction stopped =
        new FeatureExtraction(
            backbone,
            new FeatureRequest(2, "1x2", Precision.FP32, 4, 1),
            (clips, of) -> progress.add(clips),
            () -> !progress.isEmpty());
    assertThat(stopped.of(clips(5), "videos-1", cache())).isEqualTo(Optional.empty());
    assertThat(progress).containsExactly(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void of_fileOfAnotherKind_isRefusedAndLeftAlone() throws Exception {
    Safetensors.write(cache(), Map.of("features", torch.ones(1)), Map.of());
    assertThatThrownBy(() -> extract(clips(5), "1x2", Precision.FP32))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("features.safetensors: is not a file of features and is left alone");
    assertThat(Safetensors.open(cache()).tensors()).hasSize(1);
  }

  @Test
  void of_damagedFile_isRefused() throws Exception {
    extract(clips(5), "1x2", Precision.FP32);
    byte[] whole = Files.readAllBytes(cache());
    Files.write(cache(), Arrays.copyOf(whole, whole.length - 3));
    assertThatThrownBy(() -> extract(clips(5), "1x2", Precision.FP32))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("features.safetensors");
  }

  @Test
  void of_clipThatCannotBeDecoded_isNamed() {
    List<LabelledClip> clips = new ArrayList<>(clips(5));
    clips.set(
        3,
        new LabelledClip(
            "broken.mp4",
            0,
            () -> {
              throw new IOException("ends early");
            }));
    assertThatThrownBy(() -> extract(clips, "1x2", Precision.FP32))
        .isInstanceOf(IOException.class)
        .hasMessage("clip 'broken.mp4': ends early");
  }

  @Test
  void of_clipOfAnotherSize_isNamedWithBothSizes() {
    List<LabelledClip> clips = new ArrayList<>(clips(5));
    clips.set(3, new LabelledClip("small.mp4", 0, () -> new byte[4]));
    assertThatThrownBy(() -> extract(clips, "1x2", Precision.FP32))
        .hasMessage("clip 'small.mp4' has 4 bytes of pixels, the one before has 6");
  }

  @Test
  void of_featuresNotFinite_namesTheClip() {
    Backbone broken =
        new Backbone() {
          @Override
          public Tensor features(byte[] pixels, int clips) {
            return HostArrays.ofFloats(new float[] {1, 2, Float.NaN, 4}, 4, 1);
          }

          @Override
          public String digest() {
            return "broken";
          }
        };
    FeatureExtraction extraction =
        new FeatureExtraction(
            broken,
            new FeatureRequest(2, "1x2", Precision.FP32, 4, 1),
            (clips, of) -> {},
            () -> false);
    assertThatThrownBy(() -> extraction.of(clips(2), "videos-1", cache()))
        .hasMessageContaining("clip 'clip-1' are not finite");
  }

  @Test
  void of_tokens_liesViewAfterView() throws Exception {
    Backbone tokens =
        new Backbone() {
          @Override
          public Tensor features(byte[] pixels, int clips) {
            return torch.ones(clips, 3, 4);
          }

          @Override
          public String digest() {
            return "tokens";
          }
        };
    FeatureExtraction extraction =
        new FeatureExtraction(
            tokens,
            new FeatureRequest(2, "1x2", Precision.BF16, 4, 1),
            (clips, of) -> {},
            () -> false);
    FeatureSet set = extraction.of(clips(3), "videos-1", cache()).orElseThrow();
    assertThat(set.views()).isEqualTo(6);
    assertThat(set.width()).isEqualTo(4);
  }

  @Test
  void of_anything_freesWhatItMade() throws Exception {
    long before = Pointer.totalCount();
    try (TensorScope inner = new TensorScope()) {
      extract(clips(5), "1x2", Precision.FP32);
      extract(clips(5), "1x2", Precision.FP32);
    }
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void request_nonsense_namesTheField() {
    assertThatThrownBy(() -> new FeatureRequest(0, "", Precision.FP32, 1, 1))
        .hasMessage("views-per-clip must be at least 1, got 0");
    assertThatThrownBy(() -> new FeatureRequest(1, "", Precision.FP32, 0, 1))
        .hasMessage("batch must be at least 1, got 0");
    assertThatThrownBy(() -> new FeatureRequest(1, "", Precision.FP32, 1, 0))
        .hasMessage("workers must be at least 1, got 0");
  }
}

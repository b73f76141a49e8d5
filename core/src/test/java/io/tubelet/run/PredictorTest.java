package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.data.ViewCount;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.ClassifierInitialisation;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.Pooling;
import io.tubelet.model.PositionKind;
import io.tubelet.model.VideoClassifier;
import io.tubelet.nn.BlockConfig;
import io.tubelet.run.Predictor.Guess;
import io.tubelet.sample.StridedSampling;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoWriter;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {
  private static final List<String> NAMES = List.of("walk", "run", "wave", "sit");
  private static final ViewCount ONE = new ViewCount(1, 1);
  private static Path video = Path.of("");

  /** All weights zero: what is told is the bias of the head. */
  private final VideoClassifier model =
      new VideoClassifier(
          new ClassifierConfig(
              new ClipShape(4, 16, 16, 2, 8),
              new EncoderConfig(16, 1, 2),
              BlockConfig.VIDEO_MAE,
              PositionKind.SIN_COS,
              false,
              Pooling.ALL_TOKENS,
              NAMES.size(),
              0,
              0,
              ClassifierInitialisation.VIDEO_MAE,
              1),
          Compute.CPU_FP32);

  @BeforeAll
  static void makeVideo(@TempDir Path folder) throws IOException {
    video = folder.resolve("grey.mp4");
    VideoWriter.save(
        video, new Frames(6, 32, 48, new byte[6 * 32 * 48 * 3]), EncodeOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void predict_unequalProbabilities_tellsTheLikeliestFirst() throws IOException {
    bias(0, (float) Math.log(5), (float) Math.log(2), (float) Math.log(0.5));

    List<Guess> guesses = predictor(NAMES, ONE).predict(video, 3);

    assertThat(guesses).extracting(Guess::name).containsExactly("run", "wave", "walk");
    assertThat(guesses.get(0).probability()).isCloseTo(5 / 8.5, within(1e-6));
    assertThat(guesses.get(2).probability()).isCloseTo(1 / 8.5, within(1e-6));
  }

  @Test
  void predict_ties_tellTheLowerNumberFirst() throws IOException {
    bias(1, 2, 1, 2);

    assertThat(predictor(NAMES, ONE).predict(video, 4))
        .extracting(Guess::name)
        .containsExactly("run", "sit", "walk", "wave");
  }

  @Test
  void predict_moreThanThereAre_tellsAll() throws IOException {
    assertThat(predictor(NAMES, ONE).predict(video, 50)).hasSize(NAMES.size());
  }

  @Test
  void predict_severalViews_areProbabilitiesStill() throws IOException {
    bias(0, 1, 2, 3);

    assertThat(
            predictor(NAMES, new ViewCount(2, 3)).predict(video, 4).stream()
                .mapToDouble(Guess::probability)
                .sum())
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void predict_namelessClasses_areToldByNumber() throws IOException {
    bias(0, 0, 1, 0);

    assertThat(predictor(List.of(), ONE).predict(video, 1))
        .extracting(Guess::name)
        .containsExactly("2");
  }

  @Test
  void predict_noneAsked_isRefused() {
    assertThatThrownBy(() -> predictor(NAMES, ONE).predict(video, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("top must be at least 1, got 0");
  }

  @Test
  void predict_fileThatIsNoVideo_isNamed(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");

    assertThatThrownBy(() -> predictor(NAMES, ONE).predict(text, 1))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("text.mp4");
  }

  private void bias(float... values) {
    try (var scope = new TensorScope()) {
      Objects.requireNonNull(model.parameters().get("head.bias"))
          .detach()
          .copy_(HostArrays.ofFloats(values, values.length));
    }
  }

  private Predictor predictor(List<String> labels, ViewCount number) {
    FineTunedConfig config =
        new FineTunedConfig(model.config(), PixelNorm.IMAGENET, new StridedSampling(1), 0, labels);
    return new Predictor(new TrainedWeights.Classifier(model, config), Videos::open, number);
  }
}

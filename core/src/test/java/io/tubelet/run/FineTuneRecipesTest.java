package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.config.ConfigFormat;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.config.Recipes;
import io.tubelet.data.Manifest;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.optim.LearningRate;
import io.tubelet.train.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FineTuneRecipesTest {
  private static final int CLASSES = 7;

  static List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : Recipes.names()) {
      if (FineTuneConfig.isFineTuning(Recipes.tree(name, Map.of()))) {
        names.add(name);
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("names")
  void read_shippedRecipe_isCompleteWithoutACheckpointAndSurvivesARoundTrip(String name)
      throws IOException {
    FineTuneConfig config = read(name);

    assertThat(config.model().classes()).isEqualTo(CLASSES);
    assertThat(ConfigFormat.bind(ConfigFormat.tree(config), FineTuneConfig.class, name))
        .isEqualTo(config);
  }

  /**
   * Rates, updates and warm-up of the official runs on 15,360 videos. VideoMAE: {@code lr x videos
   * of an update / 256}, the floor alike; mae_st: {@code blr x clips / 256}, the floor as it is.
   * Updates: passes x (15,360 / videos of an update), 5 passes of them warm-up.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "finetune-videomae-k400-vit-s-1600, 7.5e-4, 1.5e-6, 6000, 200",
    "finetune-videomae-k400-vit-b-1600, 7.5e-4, 1.5e-6, 3000, 200",
    "finetune-videomae-k400-vit-b-800, 2e-3, 2e-6, 3000, 150",
    "finetune-videomae-k400-vit-l-1600, 1e-3, 5e-7, 4200, 600",
    "finetune-videomae-k400-vit-l-320px-32f, 1e-3, 5e-7, 4200, 600",
    "finetune-videomae-k400-vit-h-1600, 2e-3, 2e-5, 1500, 150",
    "finetune-videomae-k400-vit-h-320px-32f, 2e-3, 2e-5, 1500, 150",
    "finetune-videomae-ssv2-vit-s-2400, 1.5e-3, 1.5e-6, 1600, 200",
    "finetune-videomae-ssv2-vit-b-2400, 7.5e-4, 1.5e-6, 1200, 200",
    "finetune-videomae-ssv2-vit-b-800, 1e-3, 2e-6, 1500, 150",
    "finetune-videomae-ssv2-vit-l-2400, 1e-3, 2e-6, 900, 150",
    "finetune-videomae-ssv2-vit-l-32f, 1e-3, 2e-6, 900, 150",
    "finetune-videomae-ucf101-vit-b-3200, 2.5e-4, 5e-6, 12000, 600",
    "finetune-videomae-hmdb51-vit-b-4800, 5e-4, 5e-6, 6000, 600",
    "finetune-mae-st-k400-vit-b, 4.8e-3, 1e-6, 9000, 600",
    "finetune-mae-st-k400-vit-l, 2.4e-3, 1e-6, 6000, 600",
    "finetune-mae-st-k400-vit-h, 2.4e-3, 1e-6, 9000, 600",
  })
  void learningRate_officialRecipe_isTheOfficialOne(
      String recipe, double peak, double floor, long steps, long warmup) throws IOException {
    TrainingPlan training = plan(recipe, 15_360).training();

    assertThat(training.peakLr()).isCloseTo(peak, within(1e-12));
    assertThat(training.floorLr()).isCloseTo(floor, within(1e-15));
    assertThat(training.steps()).isEqualTo(steps);
    LearningRate rate = training.learningRate();
    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(warmup - 2)).isLessThan(peak);
    assertThat(rate.at(warmup)).isCloseTo(peak, within(1e-12));
    assertThat(rate.at(warmup + 1)).isLessThan(peak);
  }

  /** What keeps the model from learning the training clips by heart, as the programs have it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "finetune-videomae-k400-vit-s-1600, 0.75, 0.1, 0, 2, 0.5, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-k400-vit-b-1600, 0.75, 0.1, 0, 2, 0.5, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-k400-vit-b-800, 0.75, 0.1, 0, 1, 0.5, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-k400-vit-l-1600, 0.75, 0.1, 0, 2, 0.5, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-k400-vit-h-1600, 0.75, 0.2, 0.5, 2, 0.5, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-ssv2-vit-s-2400, 0.7, 0.1, 0, 2, 0, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-ssv2-vit-b-2400, 0.75, 0.1, 0, 2, 0, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-ssv2-vit-b-800, 0.75, 0.1, 0, 1, 0, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-ssv2-vit-l-2400, 0.75, 0.2, 0.5, 2, 0, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-ucf101-vit-b-3200, 0.7, 0.2, 0.5, 2, 0.5, rand-m7-n4-mstd0.5-inc1",
    "finetune-videomae-hmdb51-vit-b-4800, 0.7, 0.2, 0.5, 2, 0.5, rand-m7-n4-mstd0.5-inc1",
    "finetune-mae-st-k400-vit-b, 0.65, 0.1, 0.3, 2, 0.5, rand-m7-n2-mstd0.5-inc1",
    "finetune-mae-st-k400-vit-l, 0.75, 0.2, 0.3, 2, 0.5, rand-m7-n2-mstd0.5-inc1",
    "finetune-mae-st-k400-vit-h, 0.8, 0.2, 0.5, 1, 0.5, rand-m7-n2-mstd0.5-inc1",
  })
  void regularisation_officialRecipe_isTheOfficialOne(
      String recipe,
      double layerDecay,
      double dropPath,
      double dropout,
      int repeats,
      double flip,
      String randAugment)
      throws IOException {
    FineTuneConfig config = read(recipe);

    assertThat(config.layerDecay()).isEqualTo(layerDecay);
    assertThat(config.model().dropPath()).isEqualTo(dropPath);
    assertThat(config.model().dropout()).isEqualTo(dropout);
    assertThat(config.data().repeats()).isEqualTo(repeats);
    assertThat(config.data().flip()).isEqualTo(flip);
    assertThat(config.supervision().randAugment()).hasToString(randAugment);
    assertThat(config.supervision().mix().mixupAlpha()).isEqualTo(0.8);
    assertThat(config.supervision().mix().cutmixAlpha()).isEqualTo(1);
    assertThat(config.supervision().erasing().probability()).isEqualTo(0.25);
    assertThat(config.supervision().smoothing()).isEqualTo(0.1);
  }

  /**
   * Passes and warm-up of the baselines: 200 and 100 in VideoMAE's appendix B, 400 effective epochs
   * in mae_st's Fig. 5; 30 passes of warm-up in MViT's configuration, 1e-4 for each 16 videos.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "scratch-videomae-k400-vit-b, 200, 3.2e-3",
    "scratch-videomae-ssv2-vit-b, 100, 3.2e-3",
    "scratch-mae-st-k400-vit-l, 200, 3.2e-3",
  })
  void learningRate_baseline_isMvits(String recipe, int passes, double peak) throws IOException {
    TrainingPlan training = plan(recipe, 15_360).training();

    assertThat(training.steps()).isEqualTo(passes * 30L);
    assertThat(training.peakLr()).isCloseTo(peak, within(1e-12));
    assertThat(training.floorLr()).isCloseTo(3.2e-5, within(1e-15));
    assertThat(training.learningRate().at(30 * 30)).isCloseTo(peak, within(1e-12));
    assertThat(read(recipe).layerDecay()).isEqualTo(1);
  }

  /** docs of the protocol: 660 videos, 30 epochs of 41 updates, 3 of them warm-up. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "finetune-jhmdb-small, 0.75",
    "scratch-jhmdb-small, 1",
    "finetune-jhmdb-ti, 0.75",
    "scratch-jhmdb-ti, 1",
  })
  void plan_jhmdbProtocol_isItsOwn(String recipe, double layerDecay) throws IOException {
    FineTunePlan plan = plan(recipe, 660);

    assertThat(plan.training().steps()).isEqualTo(30 * 41);
    assertThat(plan.training().peakLr()).isCloseTo(1e-3, within(1e-12));
    assertThat(plan.training().floorLr()).isCloseTo(1e-6, within(1e-15));
    assertThat(plan.training().learningRate().at(3 * 41 - 1)).isCloseTo(1e-3, within(1e-12));
    assertThat(plan.validationSteps()).isEqualTo(5 * 41);
    assertThat(plan.config().layerDecay()).isEqualTo(layerDecay);
  }

  /** A batch that mixes only copies of one video with each other would mix nothing. */
  @ParameterizedTest
  @MethodSource("names")
  void batch_shippedRecipeThatMixes_holdsTwoVideos(String name) throws IOException {
    FineTuneConfig config = read(name);
    TrainConfig train = config.train();

    assertThat(train.batch() / config.data().repeats())
        .isGreaterThanOrEqualTo(config.supervision().mix().mixes() ? 2 : 1);
  }

  private static FineTuneConfig read(String recipe) throws IOException {
    return FineTuneConfig.read(recipe, Map.of(), CLASSES, Optional.empty());
  }

  private static FineTunePlan plan(String recipe, int videos) throws IOException {
    Manifest.Entry any = new Manifest.Entry("v.mp4", Path.of("v.mp4"), 0);
    Manifest manifest = new Manifest(Path.of("list"), Collections.nCopies(videos, any));
    return new FineTunePlan(
        read(recipe), new LabelledVideos(manifest, ClassNames.numbered(CLASSES), List.of()));
  }
}

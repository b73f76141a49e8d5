package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.config.PretrainConfig;
import io.tubelet.data.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PretrainPlanTest {

  /**
   * Rates of the official programs: {@code blr x videos / 256} for mae_st, where the clips of a
   * video are not counted, {@code lr x batch / 256} for VideoMAE; the J-HMDB protocol states its
   * rate as it is.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mae-st-k400-vit-l, 8e-4, 0",
    "videomae-k400-vit-b-800, 1.2e-3, 8e-5",
    "videomae-k400-vit-s-1600, 6e-4, 4e-5",
    "videomae-ucf101-vit-b-3200, 2.25e-4, 7.5e-6",
    "jhmdb-small, 6e-4, 6e-6",
  })
  void learningRate_officialRecipe_isTheOfficialOne(String recipe, double peak, double floor)
      throws IOException {
    PretrainPlan plan = plan(recipe, 10_000);

    assertThat(plan.training().peakLr()).isCloseTo(peak, within(1e-12));
    assertThat(plan.training().floorLr()).isCloseTo(floor, within(1e-12));
    assertThat(plan.training().learningRate().at(0)).isZero();
  }

  /** docs of the protocol: 660 videos, 215 epochs of 41 updates, 11 of them warm-up. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"jhmdb-small", "jhmdb-small-random"})
  void steps_jhmdbProtocol_areItsOwn(String recipe) throws IOException {
    PretrainPlan plan = plan(recipe, 660);

    assertThat(plan.training().steps()).isEqualTo(8815);
    assertThat(plan.training().stepsPerEpoch()).isEqualTo(41);
    assertThat(plan.training().learningRate().at(11 * 41 - 1)).isCloseTo(6e-4, within(1e-12));
    assertThat(plan.visibleTokens()).isEqualTo(72);
  }

  /** The encoder alone has 14.25 GFLOP. */
  @ParameterizedTest
  @CsvSource({
    "0, self, 33.35, '1,408 hidden\n'",
    "0.5, self, 22.78, '1,408 hidden, 704 of them predicted\n'",
    "0, cross, 24.31, '1,408 hidden\n'",
    "0.5, cross, 19.40, '1,408 hidden, 704 of them predicted\n'",
  })
  void describe_decoderOptions_saysWhatIsPredictedAndComputed(
      String ratio, String attention, String gflop, String tokens) throws IOException {
    String plan =
        plan(
                "videomae-k400-vit-b-800",
                10_000,
                Map.of("decoder-mask.ratio", ratio, "model.decoder.attention", attention))
            .describe("fresh weights");

    assertThat(plan).contains("tube 0.9: 160 visible, " + tokens, gflop + " GFLOP forward a clip");
  }

  private static PretrainPlan plan(String recipe, int videos) throws IOException {
    return plan(recipe, videos, Map.of());
  }

  private static PretrainPlan plan(String recipe, int videos, Map<String, String> settings)
      throws IOException {
    Manifest.Entry any = new Manifest.Entry("v.mp4", Path.of("v.mp4"), null);
    return new PretrainPlan(
        PretrainConfig.read(recipe, settings),
        new Manifest(Path.of("list"), Collections.nCopies(videos, any)));
  }
}

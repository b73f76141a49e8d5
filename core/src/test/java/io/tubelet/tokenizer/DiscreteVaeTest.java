package io.tubelet.tokenizer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscreteVaeTest {
  private static final DvaeConfig SMALL = new DvaeConfig(4, 5, 1, 4);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor weight(DiscreteVae model, String name) {
    return requireNonNull(model.parameters().get(name));
  }

  @Test
  void fresh_decoder_mirrorsTheEncoder() {
    try (DiscreteVae model = DiscreteVae.fresh(SMALL, Compute.CPU_FP32, 1)) {
      assertThat(Shapes.of(weight(model, "decoder.blocks.input.w"))).containsExactly(4, 5, 1, 1);
      assertThat(Shapes.of(weight(model, "decoder.blocks.group_1.block_1.id_path.w")))
          .containsExactly(32, 4, 1, 1);
      assertThat(Shapes.of(weight(model, "decoder.blocks.group_1.block_1.res_path.conv_1.w")))
          .containsExactly(8, 4, 1, 1);
      assertThat(Shapes.of(weight(model, "decoder.blocks.group_1.block_1.res_path.conv_4.w")))
          .containsExactly(32, 8, 3, 3);
      assertThat(Shapes.of(weight(model, "decoder.blocks.output.conv.w")))
          .containsExactly(6, 4, 1, 1);
    }
  }

  @Test
  void fresh_seed_decidesTheWeights() {
    try (DiscreteVae one = DiscreteVae.fresh(SMALL, Compute.CPU_FP32, 1);
        DiscreteVae same = DiscreteVae.fresh(SMALL, Compute.CPU_FP32, 1);
        DiscreteVae other = DiscreteVae.fresh(SMALL, Compute.CPU_FP32, 2)) {
      float[] weights = HostArrays.toFloats(weight(one, "encoder.blocks.input.w"));
      assertThat(HostArrays.toFloats(weight(same, "encoder.blocks.input.w"))).isEqualTo(weights);
      assertThat(HostArrays.toFloats(weight(other, "encoder.blocks.input.w")))
          .isNotEqualTo(weights);
    }
  }

  @Test
  void paint_pictures_areWordsAndPicturesOfTheirSize() {
    try (NoGradGuard noGrad = new NoGradGuard();
        DiscreteVae model = DiscreteVae.fresh(SMALL, Compute.CPU_FP32, 1)) {
      Tensor unit = torch.rand(2, 3, 16, 24);
      DiscreteVae.Painted painted = model.paint(unit);
      assertThat(Shapes.of(painted.words())).containsExactly(2, 2, 3);
      assertThat(Shapes.of(painted.unit())).containsExactly(2, 3, 16, 24);
      for (long word : HostArrays.toLongs(painted.words())) {
        assertThat(word).isBetween(0L, 4L);
      }
      for (float pixel : HostArrays.toFloats(painted.unit())) {
        assertThat(pixel).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void squeeze_endsOfTheRange_areATenthFromThem() {
    Tensor unit = HostArrays.ofFloats(new float[] {0, 0.5f, 1}, 3);
    Tensor squeezed = PixelRange.squeeze(unit);
    assertThat(HostArrays.toFloats(squeezed))
        .containsExactly(new float[] {0.1f, 0.5f, 0.9f}, within(1e-6f));
    assertThat(HostArrays.toFloats(PixelRange.release(squeezed)))
        .containsExactly(new float[] {0, 0.5f, 1}, within(1e-6f));
  }

  @Test
  void shares_coldDraw_isTheWordOfTheLargestSum() {
    Tensor scores = HostArrays.ofFloats(new float[] {1, 2, 0}, 1, 3, 1, 1);
    // -ln(-ln(u)): 2.25, -0.48 and 0.37 on top of 1, 2 and 0.
    Tensor uniform = HostArrays.ofFloats(new float[] {0.9f, 0.2f, 0.5f}, 1, 3, 1, 1);
    float[] warm = HostArrays.toFloats(GumbelSoftmax.shares(scores, uniform, 1));
    float[] cold = HostArrays.toFloats(GumbelSoftmax.shares(scores, uniform, 0.01));
    double[] sums = {1 + 2.250367, 2 - 0.475885, 0.366513};
    double all = Math.exp(sums[0]) + Math.exp(sums[1]) + Math.exp(sums[2]);
    for (int i = 0; i < 3; i++) {
      assertThat((double) warm[i]).isCloseTo(Math.exp(sums[i]) / all, within(1e-5));
    }
    assertThat(cold).containsExactly(new float[] {1, 0, 0}, within(1e-6f));
  }

  @Test
  void ofEach_sureAndUnsureScores_areLogOfTheVocabularyAndNothing() {
    assertThat(EvidenceBound.ofEach(torch.zeros(2, 5, 3, 3)).item_double())
        .isCloseTo(0, within(1e-6));
    Tensor sure = torch.zeros(2, 5, 3, 3);
    sure.select(1, 2).fill_(new Scalar(50.0));
    assertThat(EvidenceBound.ofEach(sure).item_double()).isCloseTo(Math.log(5), within(1e-5));
  }

  /** Two pictures, each sure of one word: all are said twice as often as by chance, of four. */
  @Test
  void ofAll_sureOfTwoWordsOfFour_isLogOfTwo() {
    Tensor scores = torch.zeros(2, 4, 3, 3);
    scores.select(0, 0).select(0, 1).fill_(new Scalar(50.0));
    scores.select(0, 1).select(0, 3).fill_(new Scalar(50.0));
    assertThat(EvidenceBound.ofAll(scores).item_double()).isCloseTo(Math.log(2), within(1e-5));
    assertThat(EvidenceBound.ofEach(scores).item_double()).isCloseTo(Math.log(4), within(1e-5));
  }

  @Test
  void spreadWords_freshModel_saysManyWordsOfVariedPictures() {
    try (NoGradGuard noGrad = new NoGradGuard();
        DiscreteVae model = DiscreteVae.fresh(new DvaeConfig(8, 16, 1, 8), Compute.CPU_FP32, 1)) {
      Tensor colours = torch.rand(40, 3, 1, 1).expand(40, 3, 16, 16);
      model.spreadWords(colours);
      Tensor scores = model.encoder().forward(PixelRange.squeeze(colours)); // [40, 16, 2, 2]
      float[] mean =
          HostArrays.toFloats(
              scores
                  .transpose(0, 1)
                  .flatten(1, 3)
                  .mean(new long[] {1}, false, new ScalarTypeOptional()));
      float[] deviation =
          HostArrays.toFloats(
              scores.transpose(0, 1).flatten(1, 3).std(new long[] {1}, true, false));
      for (int word = 0; word < 16; word++) {
        assertThat(mean[word]).as("mean of word %d", word).isCloseTo(0, within(1e-3f));
        assertThat(deviation[word]).as("deviation of word %d", word).isCloseTo(3, within(0.05f));
      }
      long[] words = HostArrays.toLongs(model.paint(colours).words());
      assertThat(CodebookUse.of(words, 16).used()).isGreaterThanOrEqualTo(4);
    }
  }

  /** One pixel of each colour at 0.5, whose logit is 0: |0 - m| / b + ln(2 b) + ln(0.5 * 0.5). */
  @Test
  void of_logitLaplace_isTheNegativeLogLikelihood() {
    Tensor picture = HostArrays.ofFloats(new float[] {0.5f, 0.5f, 0.5f}, 1, 3, 1, 1);
    float lnTwo = (float) Math.log(2);
    Tensor painted = HostArrays.ofFloats(new float[] {0, 1, -3, 0, 0, lnTwo}, 1, 6, 1, 1);
    double expected = (0 + 1 + (1.5 + Math.log(2))) / 3 + Math.log(2) + Math.log(0.25);
    assertThat(PictureLoss.LOGIT_LAPLACE.of(painted, picture).item_double())
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void of_mse_isOfTheSigmoidOfTheLocation() {
    Tensor picture = HostArrays.ofFloats(new float[] {0.5f, 0.6f, 0.2f}, 1, 3, 1, 1);
    Tensor painted = HostArrays.ofFloats(new float[] {0, 0, 0, 9, 9, 9}, 1, 6, 1, 1);
    assertThat(PictureLoss.MSE.of(painted, picture).item_double())
        .isCloseTo((0.01 + 0.09) / 3, within(1e-6));
    assertThat(PictureLoss.MSE.ofMean(picture).item_double())
        .isCloseTo(0.26 / 9, within(1e-6)); // around 1.3 / 3
  }

  @Test
  void perplexity_countsOfWords_isOneForOneAndTheirNumberForEqualOnes() {
    assertThat(CodebookUse.of(new long[] {3, 3, 3}, 5).perplexity()).isCloseTo(1, within(1e-9));
    CodebookUse equal = CodebookUse.of(new long[] {0, 1, 2, 4, 4, 2, 1, 0}, 5);
    assertThat(equal.perplexity()).isCloseTo(4, within(1e-9));
    assertThat(equal.used()).isEqualTo(4);
  }
}

package io.tubelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Mask;
import io.tubelet.mask.Masking;
import io.tubelet.mask.RandomMasking;
import io.tubelet.mask.TubeMasking;
import io.tubelet.model.DecoderConfig;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.TokenMasks;
import io.tubelet.model.VitSize;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fifty steps of each family from a seed, against the losses written down when parity was proven:
 * no later change moves the mathematics unseen.
 */
class GoldenLossTest {
  private static final int STEPS = 50;
  private static final int BATCH = 4;
  private static final ClipShape CLIP = new ClipShape(8, 32, 32, 2, 8);

  private static int threads;

  /** Small products on many threads wait for each other more than they compute. */
  @BeforeAll
  static void oneThread() {
    threads = torch.get_num_threads();
    torch.set_num_threads(1);
  }

  @AfterAll
  static void threadsAsBefore() {
    torch.set_num_threads(threads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mae-st", "video-mae"})
  void fiftySteps_fromASeed_followTheWrittenCurve(String family) throws IOException {
    List<Double> losses = train(family.equals("mae-st"));
    JsonNode golden = golden().get(family);
    assertThat(golden).hasSize(STEPS);
    for (int step = 0; step < STEPS; step++) {
      assertThat(losses.get(step))
          .as("%s: loss of step %d of %s", family, step, losses)
          .isCloseTo(golden.get(step).asDouble(), within(1e-4));
    }
    assertThat(losses.get(STEPS - 1)).isLessThan(0.95 * losses.get(0));
  }

  private static JsonNode golden() throws IOException {
    try (InputStream file = GoldenLossTest.class.getResourceAsStream("/golden/losses.json")) {
      return new ObjectMapper().readTree(file);
    }
  }

  private static MaskedAutoencoderConfig config(boolean maeSt) {
    MaskedAutoencoderConfig full =
        maeSt
            ? MaskedAutoencoderConfig.maeSt(CLIP, VitSize.TINY, 1, 4)
            : MaskedAutoencoderConfig.videoMae(CLIP, VitSize.TINY, 1);
    DecoderConfig decoder = full.decoder();
    return new MaskedAutoencoderConfig(
        CLIP,
        new EncoderConfig(48, 2, 3),
        new DecoderConfig(
            32,
            1,
            2,
            decoder.order(),
            decoder.projectionBias(),
            decoder.predictedFrames(),
            decoder.attention()),
        full.block(),
        full.positions(),
        full.classToken(),
        full.initialisation());
  }

  private static List<Double> train(boolean maeSt) {
    MaskedAutoencoderConfig config = config(maeSt);
    Masking masking = maeSt ? new RandomMasking(0.75) : new TubeMasking(0.75);
    Reconstruction reconstruction =
        Reconstruction.ofPixels(
            config.predicted(),
            maeSt ? PixelTarget.PATCH_NORMALISED : PixelTarget.CHANNEL_NORMALISED,
            maeSt ? PixelNorm.GREY : PixelNorm.IMAGENET);
    WeightDecayRule rule =
        maeSt ? WeightDecayRule.SPARE_VECTORS : WeightDecayRule.SPARE_VECTORS_AND_TOKENS;
    LearningRate rate =
        maeSt
            ? new FractionalEpochCosine(2e-3, 0, 1, 10, STEPS / 10)
            : new SteppedCosine(2e-3, 1e-5, 5, STEPS);
    RandomGenerator rng = new SplittableRandom(11);
    List<Double> losses = new ArrayList<>();
    try (TensorScope scope = new TensorScope();
        MaskedAutoencoder model = MaskedAutoencoder.fresh(config, Compute.CPU_FP32, 3);
        AdamW adamW =
            new AdamW(
                model.parameters(),
                rule.groups(model.parameters(), 0.05),
                new AdamWConfig(0.9, 0.95, 1e-8, maeSt ? 0.2 : 0))) {
      for (int step = 0; step < STEPS; step++) {
        try (TensorScope inner = new TensorScope()) {
          Tensor tokens = new Patchify(CLIP).tokens(clips(rng));
          List<Mask> masks = Stream.generate(() -> masking.draw(CLIP, rng)).limit(BATCH).toList();
          TokenMasks batch = TokenMasks.of(masks, Placement.CPU);
          Tensor prediction = model.forward(reconstruction.visible(tokens, batch), batch);
          Tensor loss = reconstruction.loss().of(prediction, reconstruction.target(tokens, batch));
          adamW.zeroGrad();
          loss.backward();
          adamW.step(rate.at(step), loss, adamW.gradNorm());
          losses.add(loss.item_double());
        }
      }
    }
    return losses;
  }

  /**
   * A bright square that moves over a slanted ground, in whole numbers: the same on any machine.
   */
  private static Tensor clips(RandomGenerator rng) {
    byte[] bytes = new byte[BATCH * CLIP.bytes()];
    int i = 0;
    for (int b = 0; b < BATCH; b++) {
      int x0 = rng.nextInt(24);
      int y0 = rng.nextInt(24);
      int dx = rng.nextInt(5) - 2;
      int dy = rng.nextInt(5) - 2;
      for (int t = 0; t < CLIP.frames(); t++) {
        for (int y = 0; y < CLIP.height(); y++) {
          for (int x = 0; x < CLIP.width(); x++) {
            int left = Math.floorMod(x - x0 - t * dx, CLIP.width());
            int top = Math.floorMod(y - y0 - t * dy, CLIP.height());
            boolean inside = left < 8 && top < 8;
            bytes[i++] = (byte) (inside ? 220 - 5 * left : 3 * x + y);
            bytes[i++] = (byte) (inside ? 40 + 7 * top : 90 + x);
            bytes[i++] = (byte) (inside ? 160 - 3 * left - 2 * top : 200 - 4 * y);
          }
        }
      }
    }
    return HostArrays.ofBytes(
        bytes, BATCH, CLIP.frames(), CLIP.height(), CLIP.width(), ClipShape.CHANNELS);
  }
}

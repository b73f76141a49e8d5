package io.tubelet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.augment.Crop;
import io.tubelet.augment.MixConfig;
import io.tubelet.augment.RandAugment;
import io.tubelet.augment.RandomErasing;
import io.tubelet.augment.Resampling;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.data.Batch;
import io.tubelet.data.ClipDraw;
import io.tubelet.data.Cursor;
import io.tubelet.data.Seeds;
import io.tubelet.data.Seeds.Purpose;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.ClassifierInitialisation;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.Pooling;
import io.tubelet.model.PositionKind;
import io.tubelet.model.VideoClassifier;
import io.tubelet.nn.BlockConfig;
import io.tubelet.objective.CrossEntropy;
import io.tubelet.objective.Erasing;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FineTuneTaskTest {
  private static final ClipShape CLIP = new ClipShape(4, 16, 24, 2, 8);
  private static final int CLASSES = 3;
  private static final double SMOOTHING = 0.1;
  private static final int[] LABELS = {2, 0, 1, 1};
  private static final Seeds SEEDS = new Seeds(11);
  private static final RandomErasing NO_ERASING = RandomErasing.of(0);
  private static final RandomErasing ALWAYS_ERASING = RandomErasing.of(1);
  private static final MixConfig MIXUP = new MixConfig(0.8, 0, 1, 0);
  private static final MixConfig BOTH = new MixConfig(0.8, 1, 1, 0.5);

  private final TensorScope scope = new TensorScope();
  private final VideoClassifier plain = model(0, 0);
  private final VideoClassifier dropping = model(0.5, 0.5);

  @AfterEach
  void close() {
    scope.close();
    plain.close();
    dropping.close();
  }

  @Test
  void loss_nothingMixed_isCrossEntropyOfTheLabels() {
    Batch batch = batch(0, 3, 1, 0);

    assertThat(loss(plain, NO_ERASING, MixConfig.NONE, batch))
        .isCloseTo(crossEntropy(normalised(batch), LABELS[1], LABELS[0]), within(1e-6));
  }

  @Test
  void loss_erased_isThatOfClipsWithABoxOfNoiseEach() {
    Batch batch = batch(2, 6, 0, 3);
    float[][] clips = normalised(batch);
    for (int i = 0; i < clips.length; i++) {
      RandomGenerator rng = SEEDS.stream(Purpose.ERASE, 2, 6 + i);
      CropBox box = ALWAYS_ERASING.draw(CLIP.height(), CLIP.width(), rng).orElseThrow();
      fill(clips[i], box, HostArrays.toFloats(Erasing.noise(CLIP.frames(), box, rng.nextLong())));
    }

    assertThat(loss(plain, ALWAYS_ERASING, MixConfig.NONE, batch))
        .isCloseTo(crossEntropy(clips, LABELS[0], LABELS[3]), within(1e-6))
        .isNotCloseTo(crossEntropy(normalised(batch), LABELS[0], LABELS[3]), within(1e-4));
  }

  @Test
  void loss_mixup_isThatOfMixedClipsWithTheLabelsMixedAlike() {
    Batch batch = batch(0, 4, 0, 1);
    float own =
        (float) MIXUP.draw(CLIP.height(), CLIP.width(), SEEDS.stream(Purpose.MIX, 0, 4)).lambda();
    float[][] clips = normalised(batch);
    float[][] mixed = new float[2][CLIP.bytes()];
    for (int j = 0; j < CLIP.bytes(); j++) {
      mixed[0][j] = own * clips[0][j] + (1 - own) * clips[1][j];
      mixed[1][j] = own * clips[1][j] + (1 - own) * clips[0][j];
    }
    double straight = crossEntropy(mixed, LABELS[0], LABELS[1]);
    double turned = crossEntropy(mixed, LABELS[1], LABELS[0]);

    assertThat(Math.abs(straight - turned)).isGreaterThan(1e-3);
    assertThat(loss(plain, NO_ERASING, MIXUP, batch))
        .isCloseTo(own * straight + (1 - own) * turned, within(1e-5));
  }

  @Test
  void loss_sameBatchAgain_isTheSameWhateverWasDrawnBetween() {
    double first = loss(dropping, ALWAYS_ERASING, BOTH, batch(1, 2, 0, 1));
    double other = loss(dropping, ALWAYS_ERASING, BOTH, batch(1, 4, 0, 1));
    double again = loss(dropping, ALWAYS_ERASING, BOTH, batch(1, 2, 0, 1));

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void loss_anotherPass_dropsOthers() {
    assertThat(loss(dropping, NO_ERASING, MixConfig.NONE, batch(0, 2, 0, 1)))
        .isNotEqualTo(loss(dropping, NO_ERASING, MixConfig.NONE, batch(1, 2, 0, 1)));
  }

  @Test
  void loss_erasedAndMixed_leavesTheBatchAsItWas() {
    Batch batch = batch(0, 1, 2, 3);
    byte[] before = batch.clips().clone();

    loss(plain, ALWAYS_ERASING, BOTH, batch);

    assertThat(batch.clips()).isEqualTo(before);
  }

  @Test
  void baseline_labelsOfUnequalShare_isTheirEntropy() {
    double quarter = -0.25 * Math.log(0.25);
    double half = -0.5 * Math.log(0.5);

    assertThat(task(NO_ERASING, MixConfig.NONE).baseline(batch(0, 0, 0, 1)).item_double())
        .isCloseTo(2 * quarter + half, within(1e-6));
  }

  private static VideoClassifier model(double dropPath, double dropout) {
    return VideoClassifier.fresh(
        new ClassifierConfig(
            CLIP,
            new EncoderConfig(16, 2, 2),
            BlockConfig.VIDEO_MAE,
            PositionKind.SIN_COS,
            false,
            Pooling.ALL_TOKENS,
            CLASSES,
            dropPath,
            dropout,
            ClassifierInitialisation.VIDEO_MAE,
            20),
        Compute.CPU_FP32,
        5);
  }

  private static FineTuneTask task(RandomErasing erasing, MixConfig mix) {
    return new FineTuneTask(
        LABELS,
        CLASSES,
        PixelNorm.IMAGENET,
        new Supervision(RandAugment.NONE, erasing, mix, SMOOTHING),
        SEEDS,
        Placement.CPU);
  }

  private static double loss(
      VideoClassifier model, RandomErasing erasing, MixConfig mix, Batch batch) {
    try (TensorScope inner = new TensorScope()) {
      return task(erasing, mix).loss(model, batch).item_double();
    }
  }

  /** Clips of noise, always the same. */
  private static Batch batch(long pass, long sample, int... videos) {
    byte[] pixels = new byte[videos.length * CLIP.bytes()];
    SplittableRandom noise = new SplittableRandom(7);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) noise.nextInt(256);
    }
    CropBox whole = new CropBox(0, 0, CLIP.height(), CLIP.width());
    Crop crop = new Crop(whole, false, Resampling.ANTIALIASED);
    List<ClipDraw> draws = new ArrayList<>();
    for (int video : videos) {
      draws.add(
          new ClipDraw(
              pass,
              sample + draws.size(),
              video,
              new int[CLIP.frames()],
              List.of(),
              crop,
              List.of()));
    }
    return new Batch(CLIP, pixels, List.of(), draws, Cursor.START);
  }

  /** With smoothed labels, of the model that drops nothing. */
  private double crossEntropy(float[][] clips, long... labels) {
    try (TensorScope inner = new TensorScope()) {
      float[] flat = new float[clips.length * CLIP.bytes()];
      for (int i = 0; i < clips.length; i++) {
        System.arraycopy(clips[i], 0, flat, i * CLIP.bytes(), CLIP.bytes());
      }
      Tensor pixels =
          HostArrays.ofFloats(flat, clips.length, CLIP.frames(), CLIP.height(), CLIP.width(), 3);
      Tensor logits = plain.logits(new Patchify(CLIP).tokens(pixels));
      return CrossEntropy.ofLabels(logits, HostArrays.ofLongs(labels, labels.length), SMOOTHING)
          .item_double();
    }
  }

  /** Pixels of each clip as the model is fed, by hand. */
  private static float[][] normalised(Batch batch) {
    float[][] clips = new float[batch.size()][CLIP.bytes()];
    for (int i = 0; i < batch.clips().length; i++) {
      double unit = Byte.toUnsignedInt(batch.clips()[i]) / 255.0;
      double mean = PixelNorm.IMAGENET.mean().get(i % 3);
      double std = PixelNorm.IMAGENET.std().get(i % 3);
      clips[i / CLIP.bytes()][i % CLIP.bytes()] = (float) ((unit - mean) / std);
    }
    return clips;
  }

  private static void fill(float[] clip, CropBox box, float[] noise) {
    int at = 0;
    for (int t = 0; t < CLIP.frames(); t++) {
      for (int y = box.top(); y < box.top() + box.height(); y++) {
        for (int x = box.left(); x < box.left() + box.width(); x++) {
          for (int c = 0; c < 3; c++) {
            clip[((t * CLIP.height() + y) * CLIP.width() + x) * 3 + c] = noise[at++];
          }
        }
      }
    }
  }
}

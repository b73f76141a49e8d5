package io.tubelet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Batch;
import io.tubelet.data.Cursor;
import io.tubelet.model.ContrastiveModel;
import io.tubelet.model.ContrastiveModelConfig;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.HeadsConfig;
import io.tubelet.model.Initialisation;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PositionKind;
import io.tubelet.nn.BlockConfig;
import io.tubelet.objective.InfoNce;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContrastTaskTest {
  private static final ClipShape CLIP = new ClipShape(4, 16, 16, 2, 8);
  private static final ContrastiveModelConfig CONFIG =
      new ContrastiveModelConfig(
          CLIP,
          new EncoderConfig(32, 1, 2),
          BlockConfig.VIDEO_MAE,
          PositionKind.SIN_COS,
          false,
          Initialisation.MAE_ST,
          true,
          new HeadsConfig(24, 8));
  private static final InfoNce LOSS = new InfoNce(0.2);
  private static final int VIDEOS = 4;

  private final TensorScope scope = new TensorScope();
  private final ContrastiveModel trained = ContrastiveModel.fresh(CONFIG, Compute.CPU_FP32, 1);
  private final ContrastiveModel following = following();
  private final ContrastTask task =
      new ContrastTask(following, LOSS, PixelNorm.IMAGENET, Placement.CPU);

  @AfterEach
  void close() {
    scope.close();
    trained.close();
    following.close();
  }

  /** With weights of its own, as after some updates. */
  private static ContrastiveModel following() {
    try (ContrastiveModel other = ContrastiveModel.fresh(CONFIG, Compute.CPU_FP32, 2)) {
      ContrastiveModel model = ContrastiveModel.following(CONFIG, Compute.CPU_FP32);
      var weights = other.parameters();
      weights.keySet().retainAll(model.parameters().keySet());
      model.load(weights);
      return model;
    }
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[2 * VIDEOS * CLIP.bytes()];
    new SplittableRandom(3).nextBytes(pixels);
    return pixels;
  }

  private static Batch batch(byte[] pixels) {
    return new Batch(CLIP, pixels, List.of(), List.of(), Cursor.START);
  }

  /** The other view of each video in its place. */
  private static byte[] swapped(byte[] pixels) {
    byte[] swapped = new byte[pixels.length];
    for (int clip = 0; clip < 2 * VIDEOS; clip++) {
      System.arraycopy(
          pixels, (clip ^ 1) * CLIP.bytes(), swapped, clip * CLIP.bytes(), CLIP.bytes());
    }
    return swapped;
  }

  private double loss(byte[] pixels) {
    return task.loss(trained, batch(pixels)).item_double();
  }

  /** The paper's Algorithm 1, line by line. */
  @Test
  void loss_ofABatch_isThatOfBothDirections() {
    Tensor clips =
        HostArrays.ofBytes(pixels(), VIDEOS, 2, CLIP.frames(), CLIP.height(), CLIP.width(), 3);
    Tensor first = normalised(clips.select(1, 0));
    Tensor second = normalised(clips.select(1, 1));
    Tensor q1 = trained.queries(trained.features(first));
    Tensor q2 = trained.queries(trained.features(second));
    Tensor k1 = following.keys(following.features(first));
    Tensor k2 = following.keys(following.features(second));
    double expected = LOSS.of(q1, k2).add(LOSS.of(q2, k1)).item_double();

    assertThat(loss(pixels())).isCloseTo(expected, within(1e-5));
  }

  private static Tensor normalised(Tensor clips) {
    return PixelNorm.IMAGENET.normalise(new Patchify(CLIP).tokens(clips));
  }

  @Test
  void loss_viewsExchanged_isTheSame() {
    assertThat(loss(swapped(pixels()))).isCloseTo(loss(pixels()), within(1e-5));
  }

  @Test
  void loss_viewsOfOtherVideosPaired_isAnother() {
    byte[] turned = pixels().clone();
    System.arraycopy(pixels(), CLIP.bytes(), turned, 0, CLIP.bytes() * (2 * VIDEOS - 1));
    System.arraycopy(pixels(), 0, turned, CLIP.bytes() * (2 * VIDEOS - 1), CLIP.bytes());

    assertThat(Math.abs(loss(turned) - loss(pixels()))).isGreaterThan(1e-3);
  }

  @Test
  void backward_keys_carryNoGradient() {
    task.loss(trained, batch(pixels())).backward();

    following
        .parameters()
        .forEach((name, weight) -> assertThat(weight.grad().defined()).as(name).isFalse());
    trained
        .parameters()
        .forEach(
            (name, weight) ->
                assertThat(weight.grad().defined())
                    .as(name)
                    .isEqualTo(!ContrastiveModel.isFrozen(CONFIG, name)));
  }

  /** Whatever stretches a batch is encoded in, all of its clips are compared with all. */
  @Test
  void encode_inStretches_isTheWhole() {
    JointLesson<ContrastiveModel> lesson = task.lesson(batch(pixels()));
    Tensor whole = lesson.encode(trained, 0, 8);
    Tensor parts =
        torch.cat(new TensorVector(lesson.encode(trained, 0, 3), lesson.encode(trained, 3, 8)));

    assertThat(parts.sub(whole).abs().max().item_double()).isLessThan(1e-6);
  }

  @Test
  void baseline_isWhatGuessingAmongTheVideosCosts() {
    assertThat(task.baseline(batch(pixels())).item_double())
        .isCloseTo(2 * 2 * 0.2 * Math.log(VIDEOS), within(1e-6));
  }
}

package io.tubelet.train;

import io.tubelet.augment.MixDraw;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.data.Batch;
import io.tubelet.data.ClipDraw;
import io.tubelet.data.Seeds;
import io.tubelet.data.Seeds.Purpose;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.VideoClassifier;
import io.tubelet.nn.DropPath;
import io.tubelet.nn.Dropout;
import io.tubelet.objective.CrossEntropy;
import io.tubelet.objective.Erasing;
import io.tubelet.objective.Mixing;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Tell the class of a clip.
 *
 * <p>Boxes, noise, mixing and dropping are drawn from streams named by the clip's or the batch's
 * place in the data, so that a resumed run draws what it would have drawn.
 */
public final class FineTuneTask implements Task<VideoClassifier> {
  private final int[] labels;
  private final int classes;
  private final PixelNorm pixels;
  private final Supervision supervision;
  private final Seeds seeds;
  private final Placement placement;

  /**
   * @param labels of the videos, by their numbers in the manifest
   * @param classes that there are
   */
  public FineTuneTask(
      int[] labels,
      int classes,
      PixelNorm pixels,
      Supervision supervision,
      Seeds seeds,
      Placement placement) {
    this.labels = labels.clone();
    this.classes = classes;
    this.pixels = pixels;
    this.supervision = supervision;
    this.seeds = seeds;
    this.placement = placement;
  }

  @Override
  public Lesson<VideoClassifier> lesson(Batch batch) {
    ClipShape shape = batch.shape();
    MixDraw mix = supervision.mix().draw(shape.height(), shape.width(), stream(Purpose.MIX, batch));
    Tensor clips = Mixing.clips(erased(normalised(batch), batch), mix); // [B, T, H, W, 3]
    Tensor targets = Mixing.targets(labels(batch), classes, supervision.smoothing(), mix); // [B, K]
    long seed = stream(Purpose.DROP, batch).nextLong();
    Patchify patchify = new Patchify(shape);
    return (model, from, to) -> {
      int n = to - from;
      BatchNoise noise =
          new BatchNoise(
              seed, batch.part().whole(), batch.part().places().subList(from, to), placement);
      Tensor tokens = patchify.tokens(clips.narrow(0, from, n)); // [n, N, P]
      Tensor logits =
          model.trainingLogits(
              tokens, DropPath.drawing(noise::uniform), Dropout.drawing(noise::uniform));
      return CrossEntropy.ofDistributions(logits, targets.narrow(0, from, n));
    };
  }

  /** The entropy of the labels: what telling their shares for every clip costs. */
  @Override
  public Tensor baseline(Batch batch) {
    long[] counts = new long[classes];
    for (int label : labels) {
      counts[label]++;
    }
    double entropy = 0;
    for (long count : counts) {
      double share = (double) count / labels.length;
      entropy -= count == 0 ? 0 : share * Math.log(share);
    }
    return HostArrays.ofFloats(new float[] {(float) entropy}, 1);
  }

  /** {@code [B, T, H, W, 3]} float32. */
  private Tensor normalised(Batch batch) {
    ClipShape shape = batch.shape();
    long rows = (long) shape.frames() * shape.height();
    Tensor bytes =
        HostArrays.ofBytes(
            batch.clips(), batch.size(), rows, (long) shape.width() * ClipShape.CHANNELS);
    return pixels
        .normalise(bytes.to(placement.device(), bytes.scalar_type()))
        .reshape(batch.size(), shape.frames(), shape.height(), shape.width(), ClipShape.CHANNELS);
  }

  private Tensor erased(Tensor clips, Batch batch) {
    ClipShape shape = batch.shape();
    for (int i = 0; i < batch.size(); i++) {
      ClipDraw clip = batch.draws().get(i);
      RandomGenerator rng = seeds.stream(Purpose.ERASE, clip.pass(), clip.sample());
      Optional<CropBox> box = supervision.erasing().draw(shape.height(), shape.width(), rng);
      if (box.isPresent()) {
        Tensor noise = Erasing.noise(shape.frames(), box.get(), rng.nextLong());
        Erasing.fill(clips.select(0, i), box.get(), noise);
      }
    }
    return clips;
  }

  private Tensor labels(Batch batch) {
    long[] ofBatch = batch.draws().stream().mapToLong(draw -> labels[draw.video()]).toArray();
    return HostArrays.ofLongs(ofBatch, ofBatch.length).to(placement.device(), ScalarType.Long);
  }

  /** Of a whole batch, named by the place of its first clip. */
  private RandomGenerator stream(Purpose purpose, Batch batch) {
    return seeds.stream(purpose, batch.part().pass(), batch.part().sample());
  }
}

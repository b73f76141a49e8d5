package io.tubelet.train;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Batch;
import io.tubelet.data.ClipDraw;
import io.tubelet.data.Seeds;
import io.tubelet.data.Seeds.Purpose;
import io.tubelet.model.Patchify;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tokenizer.DiscreteVae;
import io.tubelet.tokenizer.DvaeConfig;
import io.tubelet.tokenizer.EvidenceBound;
import org.bytedeco.pytorch.Tensor;

/**
 * Say pictures in words, and paint them again. Every frame of a clip is a picture of its own.
 *
 * @param vocabulary words that there are
 * @param clips that the training sees in all, and of one pass over the videos
 */
public record TokenizerTask(
    EvidenceBound bound,
    Temperature temperature,
    int vocabulary,
    long clips,
    long clipsPerPass,
    Seeds seeds,
    Placement placement)
    implements Task<DiscreteVae> {

  @Override
  public Lesson<DiscreteVae> lesson(Batch batch) {
    ClipDraw first = batch.draws().get(0);
    // Named by the place in the data, so that a resumed run draws what it would have drawn.
    long seed = seeds.stream(Purpose.WORDS, first.pass(), first.sample()).nextLong();
    double progress = (double) (first.pass() * clipsPerPass + first.sample()) / clips;
    Tensor pictures = pictures(batch); // [B, F, 3, H, W]
    ClipShape shape = batch.shape();
    long height = shape.height() / DvaeConfig.STRIDE;
    long width = shape.width() / DvaeConfig.STRIDE;
    return (model, from, to) -> {
      int n = to - from;
      BatchNoise noise =
          new BatchNoise(
              seed, batch.part().whole(), batch.part().places().subList(from, to), placement);
      Tensor uniform = noise.uniform(n, shape.frames(), vocabulary, height, width);
      return bound.of(
          model,
          pictures.narrow(0, from, n).flatten(0, 1),
          uniform.flatten(0, 1),
          temperature.at(progress),
          temperature.cooled(progress));
    };
  }

  @Override
  public Tensor baseline(Batch batch) {
    return bound.ofMean(pictures(batch));
  }

  /** {@code [B, F, 3, H, W]} in [0, 1]. */
  private Tensor pictures(Batch batch) {
    ClipShape shape = batch.shape();
    Tensor bytes =
        HostArrays.ofBytes(
            batch.clips(),
            batch.size(),
            shape.frames(),
            shape.height(),
            shape.width(),
            ClipShape.CHANNELS);
    Tensor here = bytes.to(placement.device(), bytes.scalar_type());
    return Patchify.unit(here).permute(0, 1, 4, 2, 3).contiguous();
  }
}

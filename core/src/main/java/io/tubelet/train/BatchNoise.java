package io.tubelet.train;

import io.tubelet.tensor.Placement;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Random numbers for a stretch of a batch: its rows of what is drawn for the whole, so that a clip
 * gets the same numbers however the batch is divided.
 */
final class BatchNoise {
  private final Generator generator;
  private final long batch;
  private final long from;
  private final long clips;
  private final Placement placement;

  /**
   * @param seed of the batch
   * @param batch clips of the whole
   * @param from number of the stretch's first clip
   * @param clips of the stretch
   */
  BatchNoise(long seed, long batch, long from, long clips, Placement placement) {
    generator = torch.make_generator_cpu(seed);
    this.batch = batch;
    this.from = from;
    this.clips = clips;
    this.placement = placement;
  }

  /**
   * The next numbers, uniform in [0, 1), float32.
   *
   * @param shape the first number is that of the stretch's clips
   */
  Tensor uniform(long... shape) {
    if (shape[0] != clips) {
      throw new IllegalArgumentException(
          "noise is for %d clips, asked for %d".formatted(clips, shape[0]));
    }
    long[] whole = shape.clone();
    whole[0] = batch;
    return torch
        .rand(whole, new GeneratorOptional(generator), Placement.CPU.options(ScalarType.Float))
        .narrow(0, from, clips)
        .to(placement.device(), ScalarType.Float);
  }
}

package io.tubelet.train;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import java.util.List;
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
  private final List<Integer> places;
  private final Placement placement;

  /**
   * @param seed of the batch
   * @param batch clips of the whole
   * @param places of the stretch's clips in the whole, ascending
   */
  BatchNoise(long seed, long batch, List<Integer> places, Placement placement) {
    generator = torch.make_generator_cpu(seed);
    this.batch = batch;
    this.places = List.copyOf(places);
    this.placement = placement;
  }

  /**
   * The next numbers, uniform in [0, 1), float32.
   *
   * @param shape the first number is that of the stretch's clips
   */
  Tensor uniform(long... shape) {
    int clips = places.size();
    if (shape[0] != clips) {
      throw new IllegalArgumentException(
          "noise is for %d clips, asked for %d".formatted(clips, shape[0]));
    }
    long[] whole = shape.clone();
    whole[0] = batch;
    Tensor ofWhole =
        torch.rand(
            whole, new GeneratorOptional(generator), Placement.CPU.options(ScalarType.Float));
    return rows(ofWhole).to(placement.device(), ScalarType.Float);
  }

  private Tensor rows(Tensor ofWhole) {
    int first = places.get(0);
    int clips = places.size();
    if (places.get(clips - 1) - first == clips - 1) {
      return ofWhole.narrow(0, first, clips);
    }
    long[] rows = places.stream().mapToLong(Integer::longValue).toArray();
    return ofWhole.index_select(0, HostArrays.ofLongs(rows, clips));
  }
}

package io.tubelet.measure;

import io.tubelet.augment.ColourJitter;
import io.tubelet.augment.MultiScaleCrop;
import io.tubelet.clip.ClipShape;
import io.tubelet.data.ByteSize;
import io.tubelet.data.DataConfig;
import io.tubelet.machine.Machine;
import io.tubelet.sample.StridedSampling;
import io.tubelet.video.OpenOptions;
import java.util.List;

/**
 * How loading is measured, and where.
 *
 * @param frames of a window or clip
 * @param stride frames from one of them to the next
 * @param side of a clip's picture in pixels
 * @param shortSide what loading scales videos to while they are decoded; 0 keeps their size
 * @param batch clips of a batch
 * @param windows read in each measurement, rounded up to whole videos or batches
 * @param warmUp measurements of each case that do not count
 * @param repeats measurements that do
 * @param open how files are opened
 * @param machine it runs on
 */
public record LoadingSettings(
    int frames,
    int stride,
    int side,
    int shortSide,
    int batch,
    int windows,
    int warmUp,
    int repeats,
    OpenOptions open,
    Machine machine) {
  private static final int TUBE = 2;
  private static final int PATCH = 16;
  private static final int PREFETCH = 2;

  public LoadingSettings {
    OptionChecks.requireMultiple("frames", frames, TUBE, "the frames of a tube");
    OptionChecks.requireAtLeast("stride", stride, 1);
    OptionChecks.requireMultiple("size", side, PATCH, "the side of a patch");
    OptionChecks.requireAtLeast("short-side", shortSide, 0);
    OptionChecks.requireAtLeast("batch", batch, 1);
    OptionChecks.requireAtLeast("windows", windows, 1);
    OptionChecks.requireAtLeast("warm-up", warmUp, 0);
    OptionChecks.requireAtLeast("repeat", repeats, 1);
  }

  /** Complains where batches cannot be made as the case says. */
  public void requireFits(LoadingCase loading) {
    if (loading.work() == Work.LOAD) {
      OptionChecks.requireMultiple("batch", batch, loading.repeats(), "--repeated-sampling");
    }
  }

  ClipShape clip() {
    return new ClipShape(frames, side, side, TUBE, PATCH);
  }

  StridedSampling sampling() {
    return new StridedSampling(stride);
  }

  /** VideoMAE's way of making clips. */
  DataConfig data(LoadingCase loading) {
    return new DataConfig(
        sampling(),
        new MultiScaleCrop(List.of(1.0, 0.875, 0.75, 0.66)),
        0,
        ColourJitter.NONE,
        shortSide,
        loading.repeats(),
        loading.workers(),
        PREFETCH,
        ByteSize.ZERO,
        1,
        open);
  }
}

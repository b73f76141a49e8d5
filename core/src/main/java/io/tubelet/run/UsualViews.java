package io.tubelet.run;

import io.tubelet.augment.TestCrops;
import io.tubelet.clip.ClipShape;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewsConfig;
import io.tubelet.sample.CentreClip;
import io.tubelet.sample.ClipSampling;
import io.tubelet.sample.DenseClips;
import io.tubelet.sample.DenseSampling;
import io.tubelet.sample.SegmentClips;
import io.tubelet.sample.SegmentSampling;
import io.tubelet.sample.StridedSampling;
import io.tubelet.sample.TestClips;
import io.tubelet.sample.TimedClips;
import io.tubelet.sample.TimedSampling;

/** The views that the papers test a classifier with, told by how it was trained. */
public final class UsualViews {
  private UsualViews() {}

  /** So many views, taken as the program tests whose sampling trained these weights. */
  public static ViewsConfig of(FineTunedConfig config, ViewCount number) {
    return of(config.sampling(), config.model().clip(), number);
  }

  static ViewsConfig of(ClipSampling sampling, ClipShape shape, ViewCount number) {
    TestCrops crops = sampling instanceof TimedSampling ? TestCrops.MAE_ST : TestCrops.VIDEO_MAE;
    int shortSide = Math.max(shape.height(), shape.width());
    return new ViewsConfig(number, clips(sampling, number), crops, shortSide);
  }

  private static TestClips clips(ClipSampling sampling, ViewCount number) {
    if (sampling instanceof SegmentSampling) {
      return new SegmentClips();
    }
    if (sampling instanceof TimedSampling timed) {
      return new TimedClips(timed.stride(), timed.targetFps());
    }
    int stride =
        sampling instanceof DenseSampling dense
            ? dense.stride()
            : ((StridedSampling) sampling).stride();
    return number.clips() == 1 ? new CentreClip(stride) : new DenseClips(stride);
  }
}

package io.tubelet.train;

import io.tubelet.augment.ViewAugmentation;
import io.tubelet.objective.InfoNce;
import io.tubelet.optim.CosineMomentum;
import java.util.List;

/**
 * How two views of a video are told from those of other videos.
 *
 * @param temperature of the comparison; 0.2 in MoCo v3
 * @param momentum with which the model of the keys begins to follow; 0.99
 * @param sameFrames whether both views show the same frames, or each a clip of its own
 * @param views what sets the two apart beyond crop, flip and colour jitter: one for both, or two
 */
public record Contrast(
    double temperature, double momentum, boolean sameFrames, List<ViewAugmentation> views) {

  /** Clips of each video. */
  public static final int VIEWS = 2;

  public Contrast {
    views = List.copyOf(views);
    new InfoNce(temperature); // refuses what cannot be
    new CosineMomentum(momentum, 1);
    if (views.isEmpty() || views.size() > VIEWS) {
      throw new IllegalArgumentException(
          "contrast.views must be one augmentation for both views or one for each, got "
              + views.size());
    }
  }

  /** How they are compared. */
  public InfoNce loss() {
    return new InfoNce(temperature);
  }
}

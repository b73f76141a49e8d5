package io.tubelet.sample;

/**
 * Twice as many frames as were chosen, for a model that predicts what lies between those it sees
 * (VideoMAE, Table 1c: "2T x tau/2").
 *
 * <p>Behind each chosen frame comes the one halfway to the next, rounded down; behind the last, the
 * one as far on as that lay behind the frame before, or the video's last.
 */
public final class FramesBetween {
  private FramesBetween() {}

  /**
   * Frame numbers, the chosen ones at 0, 2, 4, ...
   *
   * @param chosen frame numbers, never decreasing
   * @param videoFrames frames there are
   */
  public static int[] fill(int[] chosen, int videoFrames) {
    int[] filled = new int[2 * chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      filled[2 * i] = chosen[i];
      int half = i + 1 < chosen.length ? (chosen[i + 1] - chosen[i]) / 2 : lastHalf(chosen);
      filled[2 * i + 1] = Math.min(chosen[i] + half, videoFrames - 1);
    }
    return filled;
  }

  private static int lastHalf(int[] chosen) {
    int last = chosen.length - 1;
    return last > 0 ? (chosen[last] - chosen[last - 1]) / 2 : 0;
  }

  /** Whether a way of sampling leaves frames between those that it chooses of a long video. */
  public static boolean existFor(ClipSampling sampling, int clipFrames) {
    int[] chosen = sampling.centre(clipFrames, LONG, USUAL_FPS);
    return clipFrames > 1 && chosen[1] - chosen[0] > 1;
  }

  private static final int LONG = 1 << 20;
  private static final double USUAL_FPS = 30;
}

package io.tubelet.report;

import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Evaluation;
import java.util.List;
import java.util.Map;

/**
 * An evaluation and what its hardest clips look like.
 *
 * @param evaluation the numbers
 * @param frames PNG or GIF files with frames of clips, by the clip's name; those of {@link
 *     #hardest()} are shown, and a clip without one is told in words
 */
public record ShownEvaluation(Evaluation evaluation, Map<String, byte[]> frames) {

  private static final int HARDEST = 12;

  public ShownEvaluation {
    frames = Map.copyOf(frames);
  }

  /** The clips whose frames a page shows, hardest first. */
  public static List<ClipResult> hardest(Evaluation evaluation) {
    return evaluation.hardest(HARDEST);
  }

  List<ClipResult> hardest() {
    return hardest(evaluation);
  }
}

package io.tubelet.data;

import java.util.Map;

/** How processes that share batches tell each other which videos cannot be read. */
@FunctionalInterface
public interface Verdicts {

  /**
   * Puts together what each found; all processes call this equally often.
   *
   * @param own reasons, by the number of the candidate
   */
  Map<Integer, String> ofAll(Map<Integer, String> own);
}

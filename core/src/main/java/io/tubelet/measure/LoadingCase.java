package io.tubelet.measure;

import java.util.List;

/**
 * A way of loading to be measured. A complaint begins with the name of the option, without its
 * dashes.
 *
 * @param films what is read
 * @param work how far
 * @param workers threads that read
 * @param repeats clips made of a video each time it is opened (repeated sampling)
 */
public record LoadingCase(Films films, Work work, int workers, int repeats) {
  public LoadingCase {
    OptionChecks.requireAtLeast("workers", workers, 1);
    OptionChecks.requireAtLeast("repeated-sampling", repeats, 1);
  }

  /** All of it in words. */
  public String describe() {
    return Parameter.text(List.of(LoadingParameter.values()), this);
  }
}

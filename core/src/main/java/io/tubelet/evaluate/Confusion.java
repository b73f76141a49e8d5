package io.tubelet.evaluate;

/**
 * What the clips of a class were taken for; the opposite mistake is another pair.
 *
 * @param label the class of the clips
 * @param predicted what they were taken for
 * @param clips how many were
 * @param of all clips of the class
 */
public record Confusion(int label, int predicted, int clips, int of) {

  /** Share of the class that was. */
  public double share() {
    return (double) clips / of;
  }
}

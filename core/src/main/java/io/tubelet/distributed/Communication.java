package io.tubelet.distributed;

/**
 * What a process has spent on others so far.
 *
 * @param waited seconds in which it did nothing else
 * @param hidden seconds in which gradients travelled while it computed
 */
public record Communication(double waited, double hidden) {
  static final Communication NONE = new Communication(0, 0);

  /** What has been added since an earlier state. */
  public Communication since(Communication earlier) {
    return new Communication(waited - earlier.waited, hidden - earlier.hidden);
  }

  /** Share of the time spent that cost nothing; NaN where none was spent. */
  public double hiddenShare() {
    return hidden / (waited + hidden);
  }
}

package io.tubelet.evaluate;

/**
 * A share of clips, with how sure one can be of it.
 *
 * <p>The interval is Wilson's (1927): the rates under which this count would not be surprising. It
 * stays within 0 to 1 and says something even where all or no clips are right. It takes clips for
 * independent; cut from one long video, as in UCF101, they are not, and the truth is wider. Nor
 * does it know of the seed of training: see {@link MeanAndSpread}.
 *
 * @param correct clips that were right
 * @param clips that were scored
 */
public record Accuracy(int correct, int clips) {

  /** Of a standard normal, 95 % lie within this of 0. */
  private static final double Z = 1.959963984540054;

  public Accuracy {
    if (correct < 0 || correct > clips) {
      throw new IllegalArgumentException(
          "correct must be 0 to clips, got correct=%d clips=%d".formatted(correct, clips));
    }
  }

  /** 0 to 1; {@code NaN} without clips. */
  public double share() {
    return (double) correct / clips;
  }

  /** Lower end of the 95 % interval; 0 without clips. */
  public double low() {
    return clips == 0 ? 0 : Math.max(0, centre() - reach());
  }

  /** Upper end of the 95 % interval; 1 without clips. */
  public double high() {
    return clips == 0 ? 1 : Math.min(1, centre() + reach());
  }

  private double centre() {
    return (share() + Z * Z / (2.0 * clips)) / (1 + Z * Z / clips);
  }

  private double reach() {
    double p = share();
    return Z * Math.sqrt(p * (1 - p) / clips + Z * Z / (4.0 * clips * clips)) / (1 + Z * Z / clips);
  }
}

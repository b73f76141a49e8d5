package io.tubelet.train;

/**
 * How warm the draw of words is in the course of a training: it cools along half a cosine over the
 * first part of it, and stays cold (DALL-E, appendix A.2).
 *
 * @param first at the start
 * @param last from where it stays
 * @param cooling share of the updates during which it falls
 */
public record Temperature(double first, double last, double cooling) {

  public Temperature {
    if (!(last > 0 && first >= last)) {
      throw new IllegalArgumentException(
          "train.temperature must fall and stay above 0, got first=%s, last=%s"
              .formatted(first, last));
    }
    if (!(cooling > 0 && cooling <= 1)) {
      throw new IllegalArgumentException(
          "train.temperature.cooling must lie in (0, 1], got " + cooling);
    }
  }

  /** The temperature after this share of the updates. */
  double at(double progress) {
    return last + (first - last) * (1 + Math.cos(Math.PI * cooled(progress))) / 2;
  }

  /** The share of the cooling that lies behind after this share of the updates. */
  double cooled(double progress) {
    return Math.min(1, progress / cooling);
  }
}

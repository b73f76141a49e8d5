package io.tubelet.synthetic;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A smooth pattern on the endless plane, between two colours.
 *
 * <p>Only low frequencies: what is hidden of it can be guessed from what is seen.
 */
final class Texture {
  private enum Pattern {
    STRIPES,
    CHECKS,
    RINGS,
    BLOBS
  }

  private static final List<Pattern> PATTERNS = List.of(Pattern.values());
  private static final int BLOB_WAVES = 3;

  private final Pattern pattern;
  private final double[] waves; // (u, v, phase) of each plane wave
  private final double hardness;
  private final float[] from;
  private final float[] to;

  private Texture(Pattern pattern, double[] waves, double hardness, float[] from, float[] to) {
    this.pattern = pattern;
    this.waves = waves;
    this.hardness = hardness;
    this.from = from;
    this.to = to;
  }

  /** Draws a pattern with about {@code frequency} waves per unit length. */
  static Texture draw(RandomGenerator rng, double frequency, float[] from, float[] to) {
    Pattern pattern = PATTERNS.get(rng.nextInt(PATTERNS.size()));
    double[] waves = new double[3 * BLOB_WAVES];
    double direction = rng.nextDouble();
    for (int i = 0; i < BLOB_WAVES; i++) {
      double length = frequency * rng.nextDouble(0.7, 1.3);
      waves[3 * i] = length * Wave.cosine(direction);
      waves[3 * i + 1] = length * Wave.sine(direction);
      waves[3 * i + 2] = rng.nextDouble();
      direction += 0.25 + (pattern == Pattern.BLOBS ? rng.nextDouble(-0.1, 0.1) : 0);
    }
    return new Texture(pattern, waves, rng.nextDouble(0.8, 2.5), from, to);
  }

  /** Adds the colour at (u, v), weighted, to {@code rgb}. */
  void add(double u, double v, double weight, double[] rgb) {
    double mix = 0.5 + 0.5 * soften(field(u, v));
    for (int c = 0; c < 3; c++) {
      rgb[c] += weight * (from[c] + mix * (to[c] - from[c]));
    }
  }

  private double field(double u, double v) {
    return switch (pattern) {
      case STRIPES -> wave(0, u, v);
      case CHECKS -> wave(0, u, v) * wave(1, u, v);
      case RINGS -> {
        double du = u - waves[2] + 0.5;
        double dv = v - waves[5] + 0.5;
        double frequency = Math.sqrt(waves[0] * waves[0] + waves[1] * waves[1]);
        yield Wave.sine(frequency * Math.sqrt(du * du + dv * dv));
      }
      case BLOBS -> (wave(0, u, v) + wave(1, u, v) + wave(2, u, v)) / 1.8;
    };
  }

  private double wave(int i, double u, double v) {
    return Wave.sine(waves[3 * i] * u + waves[3 * i + 1] * v + waves[3 * i + 2]);
  }

  /** Pulls values towards -1 and 1, so that some patterns have wide plateaus. */
  private double soften(double value) {
    double x = hardness * value;
    return x / Math.sqrt(1 + x * x) * Math.sqrt(1 + hardness * hardness) / hardness;
  }
}

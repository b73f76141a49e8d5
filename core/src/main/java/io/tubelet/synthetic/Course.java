package io.tubelet.synthetic;

import java.util.random.RandomGenerator;

/**
 * What a motion is given, drawn alike for every motion.
 *
 * @param x of the centre at the start
 * @param y of the centre at the start
 * @param angle at the start, in turns
 * @param pace 0.6 (leisurely) to 1 (brisk)
 * @param phase of a repeated movement, 0 to 1
 * @param sense which way round, -1 or 1, where the label leaves it open
 */
record Course(double x, double y, double angle, double pace, double phase, int sense) {

  static Course draw(RandomGenerator rng) {
    return new Course(
        rng.nextDouble(0.25, 0.75),
        rng.nextDouble(0.25, 0.75),
        rng.nextDouble(),
        rng.nextDouble(0.6, 1),
        rng.nextDouble(),
        rng.nextBoolean() ? 1 : -1);
  }
}

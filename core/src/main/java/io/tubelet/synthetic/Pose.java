package io.tubelet.synthetic;

/**
 * Where a shape is at one moment; the picture is the unit square, y grows downwards and leaving it
 * on one side means entering on the other.
 *
 * @param x of the centre
 * @param y of the centre
 * @param angle in turns, clockwise
 * @param scale of the shape against its size at rest
 */
record Pose(double x, double y, double angle, double scale) {}

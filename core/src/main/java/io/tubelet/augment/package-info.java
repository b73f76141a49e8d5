/**
 * Crops and flips: first drawn, then applied.
 *
 * <pre>{@code
 * source size, random stream --> Crop (a box and a flip)            draw: a value to print and replay
 * Frames [T, H, W, 3], Crop  --> Frames [T, h, w, 3]                apply: the same for all frames
 * source size --> TestCrops --> the size to resize to, and one or three boxes   test: nothing is drawn
 * }</pre>
 *
 * <p>A new way of cropping is one new record and one word in {@code permits} of {@link
 * io.tubelet.augment.Cropping}. Pixels stay 8-bit; the arithmetic is fixed-point, so results do not
 * depend on the machine.
 */
@NullMarked
package io.tubelet.augment;

import org.jspecify.annotations.NullMarked;

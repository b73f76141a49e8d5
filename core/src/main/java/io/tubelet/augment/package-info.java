/**
 * What is changed about a clip for training: first drawn, then applied.
 *
 * <pre>{@code
 * random stream, sizes  --> Crop, AppliedOperations, PhotometricChanges, erased box, MixDraw    draw: values to print and replay
 * Frames [T, H, W, 3]   --> Frames [T, H, W, 3]      RandAugment, on whole frames
 *                       --> Frames [T, h, w, 3]      Crop: a box, resized, and a flip
 *                       --> Frames [T, h, w, 3]      ColourJitter, ViewAugmentation: PhotometricChanges
 * tensor [B, T, h, w, 3], normalised                 erasing, then mixing: io.tubelet.objective
 * source size --> TestCrops --> the size to resize to, and one or three boxes   test: nothing is drawn
 * }</pre>
 *
 * <p>Each is drawn once for a clip (mixing once for a batch) and applied to all its frames, in the
 * order of both official programs. A new way of cropping is one new record and one word in {@code
 * permits} of {@link io.tubelet.augment.Cropping}. Pixels stay 8-bit until they are a model's
 * input; the arithmetic on them does not depend on the machine.
 */
@NullMarked
package io.tubelet.augment;

import org.jspecify.annotations.NullMarked;

/**
 * Pictures of what a masked autoencoder makes of a clip, in the manner of Figure 2 of "Masked
 * Autoencoders As Spatiotemporal Learners" (https://arxiv.org/abs/2205.09113).
 *
 * <pre>{@code
 * predicted values [hidden, P]  --PredictedPixels-->  Frames  --+
 * original Frames, Mask  ---------------------------------------+--> ReconstructedClip
 *                                                                      |  Panel: original, masked, ...
 *                                                                      +--> ReconstructionStrip  PNG
 *                                                                      +--> ReconstructionVideo  Frames
 * }</pre>
 *
 * <p>A model trained on normalised patches predicts neither the brightness nor the contrast of a
 * patch. Any picture of it has to take both from somewhere, and {@link
 * io.tubelet.visual.Denormalisation} says from where. Bytes and arrays only, no tensors.
 */
@NullMarked
package io.tubelet.visual;

import org.jspecify.annotations.NullMarked;

/**
 * A discrete variational autoencoder of pictures, which turns each 8 x 8 pixels into one of a
 * vocabulary's words: the tokenizer of DALL-E (https://arxiv.org/abs/2102.12092, section 2.1 and
 * appendix A), whose words BEiT, and the ablations of both papers, predict instead of pixels.
 *
 * <p>Layers and weights are called as in the public program, so that its state dict can be read.
 * Shapes: n pictures of H x W, V words, h = H/8, w = W/8.
 */
@NullMarked
package io.tubelet.tokenizer;

import org.jspecify.annotations.NullMarked;

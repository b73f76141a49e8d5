/**
 * The networks of both papers.
 *
 * <pre>{@code
 * clip [B,T,H,W,3] --Patchify--> tokens' pixels [B,N,P] --TokenMasks--> visible [B,V,P], hidden [B,M,P]
 * visible --Encoder--> latent [B,V,D] --Decoder--> prediction [B,M,P']
 * }</pre>
 *
 * <p>One family by composition: mae_st (https://arxiv.org/abs/2205.09113) and VideoMAE
 * (https://arxiv.org/abs/2203.12602) differ in positions, class token, query-key-value bias,
 * decoder order, predicted frames and initialisation, each a value of the configuration. Tokens are
 * gathered before the patch projection, so hidden pixels cost the encoder nothing.
 *
 * <p>Letters in shapes: B clips, N tokens, V visible, M hidden, P pixel values of a token, D width.
 */
@NullMarked
package io.tubelet.model;

import org.jspecify.annotations.NullMarked;

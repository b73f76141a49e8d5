package io.tubelet.model;

/**
 * Size and habits of the decoder.
 *
 * @param width channels of a token
 * @param depth number of blocks
 * @param heads attention heads; must divide the width
 * @param order in which tokens enter
 * @param projectionBias whether the projection from encoder to decoder width has a bias: yes in
 *     mae_st, no in VideoMAE
 * @param predictedFrames frames of the clip that are predicted, see {@link PredictedFrames}; the
 *     clip's own number predicts them all
 * @param attention what a hidden token attends to
 */
public record DecoderConfig(
    int width,
    int depth,
    int heads,
    DecoderOrder order,
    boolean projectionBias,
    int predictedFrames,
    DecoderAttention attention) {
  public DecoderConfig {
    Sizes.require("decoder", width, depth, heads);
  }
}

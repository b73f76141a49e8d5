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
 * @param predictedFrames number of frames that are predicted, see {@link PredictedFrames}: the
 *     clip's own for all of them, 1 for its centre, twice its own for those between too
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

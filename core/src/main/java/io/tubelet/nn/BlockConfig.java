package io.tubelet.nn;

/**
 * What the transformer blocks of one network share besides their size.
 *
 * @param mlpRatio hidden width of the MLP over the block's width; 4 in both papers
 * @param qkvBias which of query, key and value have a bias
 * @param layerScale starting factor of each residual branch, 0 for none
 * @param normEps added to the variance by every layer norm; 1e-6 in both papers' models
 */
public record BlockConfig(double mlpRatio, QkvBias qkvBias, double layerScale, double normEps) {
  /** Blocks of mae_st. */
  public static final BlockConfig MAE_ST = new BlockConfig(4, QkvBias.ALL, 0, 1e-6);

  /** Blocks of VideoMAE. */
  public static final BlockConfig VIDEO_MAE = new BlockConfig(4, QkvBias.QUERY_VALUE, 0, 1e-6);

  public BlockConfig {
    if (!(mlpRatio > 0)) {
      throw new IllegalArgumentException("mlp-ratio must be above 0, got " + mlpRatio);
    }
    if (!(layerScale >= 0)) {
      throw new IllegalArgumentException("layer-scale must be 0 (none) or more, got " + layerScale);
    }
    if (!(normEps > 0)) {
      throw new IllegalArgumentException("norm-eps must be above 0, got " + normEps);
    }
  }
}

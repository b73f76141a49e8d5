package io.tubelet.model;

/**
 * Size of the encoder.
 *
 * @param width channels of a token, D
 * @param depth number of blocks
 * @param heads attention heads; must divide the width
 */
public record EncoderConfig(int width, int depth, int heads) {
  public EncoderConfig {
    Sizes.require("encoder", width, depth, heads);
  }
}

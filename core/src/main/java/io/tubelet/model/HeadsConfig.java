package io.tubelet.model;

/**
 * Size of the heads between an encoder and the comparison of its features.
 *
 * @param hidden channels between their layers; 4096 in MoCo v3
 * @param output channels of what is compared, K; 256 there
 */
public record HeadsConfig(int hidden, int output) {
  public HeadsConfig {
    if (hidden < 1 || output < 1) {
      throw new IllegalArgumentException(
          "heads.hidden and heads.output must be at least 1, got %d and %d"
              .formatted(hidden, output));
    }
  }
}

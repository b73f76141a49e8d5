package io.tubelet.config;

import io.tubelet.clip.ClipShape;
import io.tubelet.tokenizer.DvaeConfig;

/**
 * The pictures that a tokenizer learns from.
 *
 * @param frames of a clip; each is a picture
 * @param height pixels; a multiple of 8
 * @param width pixels; a multiple of 8
 */
public record PictureConfig(int frames, int height, int width) {

  public PictureConfig {
    if (frames < 1) {
      throw new IllegalArgumentException("picture.frames must be at least 1, got " + frames);
    }
    requireWords("height", height);
    requireWords("width", width);
  }

  private static void requireWords(String name, int pixels) {
    if (pixels < DvaeConfig.STRIDE || pixels % DvaeConfig.STRIDE != 0) {
      throw new IllegalArgumentException(
          "picture.%s must be a multiple of the %d pixels of a word, got %d"
              .formatted(name, DvaeConfig.STRIDE, pixels));
    }
  }

  /** Clips of which every word is a token. */
  public ClipShape clip() {
    return new ClipShape(frames, height, width, 1, DvaeConfig.STRIDE);
  }
}

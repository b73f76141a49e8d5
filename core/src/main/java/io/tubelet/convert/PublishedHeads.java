package io.tubelet.convert;

import io.tubelet.model.VitSize;
import java.util.OptionalInt;

/** Attention heads by width, as both papers published them. */
final class PublishedHeads {
  /** Channels of a head in every ViT but the largest. */
  private static final int CHANNELS = 64;

  private static final int MAE_ST_WIDTH = 512;
  private static final int MAE_ST_HEADS = 16;
  private static final int HUGE_DECODER_WIDTH = 640;
  private static final int HUGE_DECODER_HEADS = 8;

  private PublishedHeads() {}

  /** The table's, or one for each 64 channels; none where they do not divide. */
  static OptionalInt ofEncoder(int width) {
    for (VitSize size : VitSize.values()) {
      if (size.width() == width) {
        return OptionalInt.of(size.heads());
      }
    }
    return byChannels(width);
  }

  /** mae_st's decoder has 16 heads at width 512; VideoMAE's one for each 64 channels, or 80. */
  static OptionalInt ofDecoder(Family family, int width) {
    if (family == Family.MAE_ST) {
      return width == MAE_ST_WIDTH ? OptionalInt.of(MAE_ST_HEADS) : OptionalInt.empty();
    }
    return width == HUGE_DECODER_WIDTH ? OptionalInt.of(HUGE_DECODER_HEADS) : byChannels(width);
  }

  private static OptionalInt byChannels(int width) {
    return width % CHANNELS == 0 ? OptionalInt.of(width / CHANNELS) : OptionalInt.empty();
  }
}

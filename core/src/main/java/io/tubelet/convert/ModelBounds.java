package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.clip.ClipShape;
import io.tubelet.model.DecoderConfig;
import io.tubelet.model.EncoderConfig;
import io.tubelet.nn.BlockConfig;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Keeps a description that lies from costing anything: no model is laid out, not even without its
 * numbers, that the tensors at hand could not fill.
 *
 * @param tensors under our names
 */
record ModelBounds(Path file, Map<String, Tensor> tensors) {
  /** Far above every published model; position tables are computed for so many tokens. */
  private static final long MOST_TOKENS = 1 << 18;

  private static final double WIDEST_MLP = 64;

  void require(ModelConfig config) throws CheckpointException {
    requireClip(file, config.clip());
    requireBlocks(config.config().model().block());
    EncoderConfig encoder = config.config().model().encoder();
    if (config instanceof ModelConfig.Pretrained pretrained) {
      DecoderConfig decoder = pretrained.config().model().decoder();
      requireStack("encoder", encoder.width(), encoder.depth(), "encoder.patch_embed.proj.bias");
      requireStack("decoder", decoder.width(), decoder.depth(), "decoder.norm.bias");
    } else {
      String prefix = config instanceof ModelConfig.EncoderAlone ? "encoder." : "";
      requireStack("encoder", encoder.width(), encoder.depth(), prefix + "patch_embed.proj.bias");
    }
  }

  /** As many tokens as can be computed with. */
  static void requireClip(Path file, ClipShape clip) throws CheckpointException {
    long places = (long) clip.rows() * clip.columns();
    if (places > MOST_TOKENS || places * clip.slots() > MOST_TOKENS) {
      throw new CheckpointException(
          file,
          "has clips of %d x %d x %d tokens, at most %d in all are possible"
              .formatted(clip.slots(), clip.rows(), clip.columns(), MOST_TOKENS));
    }
  }

  private void requireBlocks(BlockConfig block) throws CheckpointException {
    if (block.mlpRatio() > WIDEST_MLP) {
      throw new CheckpointException(
          file,
          "has an mlp-ratio of %s, at most %s is possible".formatted(block.mlpRatio(), WIDEST_MLP));
    }
  }

  /** A width that a tensor shows, and no more blocks than there are tensors. */
  private void requireStack(String network, int width, int depth, String witness)
      throws CheckpointException {
    Tensor shown = tensors.get(witness);
    if (shown == null || shown.numel() != width) {
      throw new CheckpointException(
          file,
          "%s of width %d should have a %s of so many numbers, has %s"
              .formatted(network, width, witness, shown == null ? "none" : shown.numel()));
    }
    if (depth > tensors.size()) {
      throw new CheckpointException(
          file, "%s cannot have %d blocks in %d tensors".formatted(network, depth, tensors.size()));
    }
  }
}

package io.tubelet.measure;

import io.tubelet.clip.ClipShape;
import io.tubelet.mask.DecoderMask;
import io.tubelet.mask.DualMasking;
import io.tubelet.mask.Masking;
import io.tubelet.model.DecoderConfig;
import io.tubelet.model.Flops;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.TrainingMemory;
import io.tubelet.model.VitSize;
import io.tubelet.objective.Reconstruction;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import java.util.List;

/**
 * An update to be measured. A complaint begins with the name of the option, without its dashes.
 *
 * @param family whose model, mask and target
 * @param size of the encoder
 * @param batch clips of the update
 * @param precision of the large products
 * @param encoding what the encoder is given
 * @param decoding what the decoder computes
 * @param decoderDepth blocks of the decoder
 * @param decoderWidth channels of the decoder's tokens, 0 for the paper's
 * @param maskRatio share of hidden tokens
 * @param frames of a clip
 * @param side of the picture in pixels
 */
public record StepCase(
    Family family,
    VitSize size,
    int batch,
    Precision precision,
    Encoding encoding,
    Decoding decoding,
    int decoderDepth,
    int decoderWidth,
    double maskRatio,
    int frames,
    int side) {
  private static final int TUBE = 2;
  private static final int PATCH = 16;

  /** Forward, and backward by the inputs of products and by their weights. */
  private static final int PASSES = 3;

  private static final int OPERATIONS_PER_MULTIPLY_ADD = 2;

  public StepCase {
    OptionChecks.requireAtLeast("batch", batch, 1);
    OptionChecks.requireAtLeast("decoder-depth", decoderDepth, 1);
    OptionChecks.requireMultiple("frames", frames, TUBE, "the frames of a tube");
    OptionChecks.requireMultiple("size", side, PATCH, "the side of a patch");
    if (decoderWidth != 0) {
      OptionChecks.requireMultiple(
          "decoder-width", decoderWidth, family.decoderWidthStep(), "for " + family.label());
    }
    if (!(maskRatio > 0 && maskRatio < 1)) {
      throw new IllegalArgumentException(
          "mask-ratio must lie between 0 and 1, both excluded, got " + maskRatio);
    }
    ClipShape clip = new ClipShape(frames, side, side, TUBE, PATCH);
    if (!family.masking(maskRatio).fits(clip)) {
      throw new IllegalArgumentException(
          "mask-ratio %s leaves none of %d tokens visible or none hidden"
              .formatted(maskRatio, clip.tokens()));
    }
  }

  /** All of it in words. */
  public String describe() {
    return Parameter.text(List.of(CaseParameter.values()), this);
  }

  ClipShape clip() {
    return new ClipShape(frames, side, side, TUBE, PATCH);
  }

  Masking masking() {
    Masking encoder = family.masking(maskRatio);
    return decoding.mask().equals(DecoderMask.NONE)
        ? encoder
        : new DualMasking(encoder, decoding.mask());
  }

  int visibleTokens() {
    return masking().visibleTokens(clip());
  }

  int hiddenTokens() {
    return masking().hiddenTokens(clip());
  }

  MaskedAutoencoderConfig model() {
    MaskedAutoencoderConfig model = family.model(clip(), size, decoderDepth);
    DecoderConfig decoder = model.decoder();
    boolean papers = decoderWidth == 0;
    return new MaskedAutoencoderConfig(
        model.clip(),
        model.encoder(),
        new DecoderConfig(
            papers ? decoder.width() : decoderWidth,
            decoderDepth,
            papers ? decoder.heads() : family.decoderHeads(decoderWidth),
            decoder.order(),
            decoder.projectionBias(),
            decoder.predictedFrames(),
            decoding.attention()),
        model.block(),
        model.positions(),
        model.classToken(),
        model.initialisation());
  }

  Reconstruction objective() {
    return Reconstruction.ofPixels(model().predicted(), family.target(), family.pixels());
  }

  Compute compute() {
    return new Compute(precision, Placement.CPU);
  }

  /** Multiply-adds in matrix products of one clip's forward pass: what the papers call FLOPs. */
  long forwardMultiplyAdds() {
    Flops flops =
        encoding == Encoding.SPARSE
            ? Flops.of(model(), visibleTokens(), hiddenTokens())
            : Flops.ofDenseEncoder(model(), visibleTokens(), hiddenTokens());
    return flops.products();
  }

  /**
   * Floating-point operations of the whole update, a multiply-add being two: the backward pass
   * counts as two forward passes.
   */
  double operations() {
    return (double) OPERATIONS_PER_MULTIPLY_ADD * PASSES * batch * forwardMultiplyAdds();
  }

  /** About what the update will hold in memory, in bytes. */
  long expectedBytes(long parameters) {
    int encoded = encoding == Encoding.SPARSE ? visibleTokens() : clip().tokens();
    return TrainingMemory.of(model(), encoded, hiddenTokens(), parameters, compute())
        .ofBatch(batch);
  }
}

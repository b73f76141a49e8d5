package io.tubelet.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockConfig;

/**
 * A masked autoencoder, completely.
 *
 * @param clip frames, picture and tubelets
 * @param encoder size of the encoder
 * @param decoder size and habits of the decoder
 * @param block what all blocks share
 * @param positions how tokens are told where they are, in encoder and decoder alike
 * @param classToken whether encoder and decoder each carry a class token of their own
 * @param initialisation how fresh weights are drawn
 * @param maskTokens where hidden tokens come in
 * @param predictedValues values that the decoder says of a token, P'; a recipe does not say it, it
 *     follows from the target
 */
public record MaskedAutoencoderConfig(
    ClipShape clip,
    EncoderConfig encoder,
    DecoderConfig decoder,
    BlockConfig block,
    PositionKind positions,
    boolean classToken,
    Initialisation initialisation,
    MaskTokens maskTokens,
    @JsonIgnore int predictedValues)
    implements TransformerConfig {
  public MaskedAutoencoderConfig {
    TransformerConfig.requireRow(positions, classToken);
    if (predictedValues < 1) {
      throw new IllegalArgumentException(
          "a token must predict at least one value, got " + predictedValues);
    }
  }

  /** One that predicts the pixels of its predicted frames. */
  @JsonCreator
  public MaskedAutoencoderConfig(
      @JsonProperty("clip") ClipShape clip,
      @JsonProperty("encoder") EncoderConfig encoder,
      @JsonProperty("decoder") DecoderConfig decoder,
      @JsonProperty("block") BlockConfig block,
      @JsonProperty("positions") PositionKind positions,
      @JsonProperty("class-token") boolean classToken,
      @JsonProperty("initialisation") Initialisation initialisation,
      @JsonProperty("mask-tokens") MaskTokens maskTokens) {
    this(
        clip,
        encoder,
        decoder,
        block,
        positions,
        classToken,
        initialisation,
        maskTokens,
        new PredictedFrames(clip, decoder.predictedFrames()).valuesPerToken());
  }

  /** One whose encoder sees the visible tokens alone. */
  public MaskedAutoencoderConfig(
      ClipShape clip,
      EncoderConfig encoder,
      DecoderConfig decoder,
      BlockConfig block,
      PositionKind positions,
      boolean classToken,
      Initialisation initialisation) {
    this(clip, encoder, decoder, block, positions, classToken, initialisation, MaskTokens.DECODER);
  }

  /** The same model with another target. */
  public MaskedAutoencoderConfig predicting(int valuesPerToken) {
    return new MaskedAutoencoderConfig(
        clip,
        encoder,
        decoder,
        block,
        positions,
        classToken,
        initialisation,
        maskTokens,
        valuesPerToken);
  }

  /** mae_st (section 3 and its programs' defaults): a decoder 512 wide with 16 heads. */
  public static MaskedAutoencoderConfig maeSt(
      ClipShape clip, VitSize size, int decoderDepth, int predictedFrames) {
    return new MaskedAutoencoderConfig(
        clip,
        size.encoder(),
        new DecoderConfig(
            512,
            decoderDepth,
            16,
            DecoderOrder.RASTER,
            true,
            predictedFrames,
            DecoderAttention.SELF),
        BlockConfig.MAE_ST,
        PositionKind.SEPARABLE,
        true,
        Initialisation.MAE_ST);
  }

  /** VideoMAE (section 3 and its programs): a decoder half as wide, with heads of 64 channels. */
  public static MaskedAutoencoderConfig videoMae(ClipShape clip, VitSize size, int decoderDepth) {
    int width = size.width() / 2;
    return new MaskedAutoencoderConfig(
        clip,
        size.encoder(),
        new DecoderConfig(
            width,
            decoderDepth,
            size == VitSize.HUGE ? 8 : Math.max(1, width / 64),
            DecoderOrder.VISIBLE_FIRST,
            false,
            clip.frames(),
            DecoderAttention.SELF),
        BlockConfig.VIDEO_MAE,
        PositionKind.SIN_COS,
        false,
        Initialisation.VIDEO_MAE);
  }

  /** Of a clip with so many visible and hidden tokens, how many enter the encoder. */
  public long encoded(long visible, long hidden) {
    return maskTokens == MaskTokens.ENCODER ? visible + hidden : visible;
  }

  /** The frames that the decoder predicts. */
  public PredictedFrames predicted() {
    return new PredictedFrames(clip, decoder.predictedFrames());
  }
}

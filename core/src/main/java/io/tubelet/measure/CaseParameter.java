package io.tubelet.measure;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What cases can differ in. */
enum CaseParameter implements Parameter<StepCase> {
  FAMILY("family"),
  MODEL("width of the encoder"),
  BATCH("clips of an update"),
  PRECISION("precision"),
  ENCODING("encoder"),
  DECODING("decoder"),
  DECODER_DEPTH("blocks of the decoder"),
  DECODER_WIDTH("width of the decoder"),
  MASK_RATIO("visible tokens"),
  FRAMES("frames of a clip"),
  SIDE("tokens of a clip");

  /** Those along which cost can be drawn. */
  static final List<CaseParameter> NUMBERS =
      List.of(MODEL, BATCH, DECODER_DEPTH, DECODER_WIDTH, MASK_RATIO, FRAMES, SIDE);

  private final String axis;

  CaseParameter(String axis) {
    this.axis = axis;
  }

  /** The name of the axis along which {@link #value} is drawn. */
  String axis() {
    return axis;
  }

  @Override
  public String text(StepCase step) {
    return switch (this) {
      case FAMILY -> step.family().label();
      case MODEL -> step.size().label();
      case BATCH -> "batch " + step.batch();
      case PRECISION -> step.precision().name().toLowerCase(Locale.ROOT);
      case ENCODING -> step.encoding().label();
      case DECODING -> step.decoding().label() + " decoder";
      case DECODER_DEPTH -> "decoder depth " + step.decoderDepth();
      case DECODER_WIDTH ->
          "decoder width " + (step.decoderWidth() == 0 ? "of the paper" : "" + step.decoderWidth());
      case MASK_RATIO -> percent(step.maskRatio()) + " % hidden";
      case FRAMES -> step.frames() + " frames";
      case SIDE -> step.side() + " px";
    };
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  /** Where a case stands along this parameter's axis; of one of {@link #NUMBERS}. */
  double value(StepCase step) {
    return switch (this) {
      case MODEL -> step.size().width();
      case BATCH -> step.batch();
      case DECODER_DEPTH -> step.decoderDepth();
      case DECODER_WIDTH -> step.model().decoder().width();
      case MASK_RATIO -> step.visibleTokens();
      case FRAMES -> step.frames();
      case SIDE -> step.clip().tokens();
      case FAMILY, PRECISION, ENCODING, DECODING ->
          throw new IllegalArgumentException(axis + " is not a number");
    };
  }
}

package io.tubelet.cli;

/** In which number format something is computed, where it can also be left to a measurement. */
enum PrecisionWish {
  AUTO,
  FP32,
  BF16
}

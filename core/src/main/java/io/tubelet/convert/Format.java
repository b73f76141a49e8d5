package io.tubelet.convert;

import java.util.Locale;

/** What weights can be written as. */
public enum Format {
  /** One {@code .safetensors} that describes its own model. */
  TUBELET,
  /** A folder that {@code from_pretrained} of Transformers opens. */
  HUGGINGFACE,
  /** A {@code .pth} as VideoMAE's program saves it. */
  VIDEOMAE,
  /** A {@code .pth} as mae_st's program saves it. */
  MAE_ST;

  /** From {@code tubelet}, {@code huggingface}, {@code videomae} or {@code mae-st}. */
  public static Format parse(String text) {
    for (Format format : values()) {
      if (format.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "format must be tubelet, huggingface, videomae or mae-st, got '" + text + "'");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

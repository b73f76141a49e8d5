package io.tubelet.convert;

import java.util.List;

/**
 * What may differ between weights and the model that takes them; everything else is an error.
 *
 * @param fresh parameters that keep their first values whatever the file holds, by name ({@code
 *     head.*} for all that begin so)
 * @param leftOut tensors of the file that may go unused, by their names in ours
 * @param inflation how an image model's patches become tubelets
 */
public record LoadRequest(List<String> fresh, List<String> leftOut, Inflation inflation) {
  /** Every tensor has its counterpart. */
  public static final LoadRequest EXACT = new LoadRequest(List.of(), List.of(), Inflation.AVERAGE);

  /** A new head, and {@code fc_norm} where the pooling has one; the decoder stays behind. */
  public static final LoadRequest FINE_TUNING =
      new LoadRequest(
          List.of("head.*", "fc_norm.*"),
          List.of("decoder.*", "encoder.norm.*", "norm.*", "mask_token"),
          Inflation.AVERAGE);

  /** A new head on a classifier's body. */
  public static final LoadRequest NEW_HEAD =
      new LoadRequest(List.of("head.*"), List.of(), Inflation.AVERAGE);

  /** What a classifier asks of these weights when it is to learn other classes. */
  public static LoadRequest forTraining(ModelConfig weights) {
    return weights instanceof ModelConfig.Classifier ? NEW_HEAD : FINE_TUNING;
  }

  public LoadRequest {
    fresh = List.copyOf(fresh);
    leftOut = List.copyOf(leftOut);
  }

  /** The same with another way to inflate. */
  public LoadRequest with(Inflation other) {
    return new LoadRequest(fresh, leftOut, other);
  }
}

package io.tubelet.convert;

import java.util.List;
import java.util.OptionalInt;

/**
 * What somebody says of a file because the file does not.
 *
 * @param heads of the encoder's attention
 * @param decoderHeads of the decoder's attention
 * @param frames of a clip
 * @param picture side of the square picture, in pixels
 * @param ignored tensors that may be left out, by name; {@code name*} for all that begin so
 * @param fresh parameters that the file need not have, by our names; weights that lack them are no
 *     model before {@link StrictLoading#fit} has drawn them
 */
public record Stated(
    OptionalInt heads,
    OptionalInt decoderHeads,
    OptionalInt frames,
    OptionalInt picture,
    List<String> ignored,
    List<String> fresh) {
  /** The file must say everything. */
  public static final Stated NOTHING =
      new Stated(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          List.of());

  public Stated {
    ignored = List.copyOf(ignored);
    fresh = List.copyOf(fresh);
  }

  /** With this many heads in encoder and decoder. */
  public Stated withHeads(int encoder, int decoder) {
    return new Stated(
        OptionalInt.of(encoder), OptionalInt.of(decoder), frames, picture, ignored, fresh);
  }

  /** With clips of this size. */
  public Stated withClip(int frames, int picture) {
    return new Stated(
        heads, decoderHeads, OptionalInt.of(frames), OptionalInt.of(picture), ignored, fresh);
  }

  /** Leaving these tensors out. */
  public Stated ignoring(String... names) {
    return new Stated(heads, decoderHeads, frames, picture, List.of(names), fresh);
  }

  /** Not asking for these parameters. */
  public Stated drawing(String... names) {
    return new Stated(heads, decoderHeads, frames, picture, ignored, List.of(names));
  }
}

package io.tubelet.data;

import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Masking;

/**
 * What a batch is made of.
 *
 * @param clips clips of a batch, B; a multiple of the clips made of each video
 * @param shape of a clip
 * @param masking what is hidden of it
 */
public record BatchSpec(int clips, ClipShape shape, Masking masking) {

  public BatchSpec {
    if (clips < 1) {
      throw new IllegalArgumentException("a batch needs at least one clip, got " + clips);
    }
    if ((long) clips * shape.bytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a batch of %d clips has %d bytes, more than one array holds (2 GiB); use fewer clips and accumulate"
              .formatted(clips, (long) clips * shape.bytes()));
    }
  }

  /** Videos of a batch when each gives {@code repeats} clips. */
  int videos(int repeats) {
    if (clips % repeats != 0) {
      throw new IllegalArgumentException(
          "the batch must be a multiple of data.repeats: batch=%d, repeats=%d (remainder %d)"
              .formatted(clips, repeats, clips % repeats));
    }
    return clips / repeats;
  }
}

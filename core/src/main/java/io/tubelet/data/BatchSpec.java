package io.tubelet.data;

import io.tubelet.augment.RandAugment;
import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Masking;
import java.util.Optional;

/**
 * What a batch is made of.
 *
 * @param clips clips of a batch, B; a multiple of the clips made of each video
 * @param shape of a clip
 * @param masking what is hidden of it; nothing where whole clips are wanted with their labels. Then
 *     the clips of one video take the same frames, as both programs fine-tune
 * @param appearance what changes the look of whole frames, before the crop
 */
public record BatchSpec(
    int clips, ClipShape shape, Optional<Masking> masking, RandAugment appearance) {

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

  /** Clips of which a part is hidden, for pre-training. */
  public static BatchSpec masked(int clips, ClipShape shape, Masking masking) {
    return new BatchSpec(clips, shape, Optional.of(masking), RandAugment.NONE);
  }

  /** Whole clips, for learning from labels. */
  public static BatchSpec whole(int clips, ClipShape shape, RandAugment appearance) {
    return new BatchSpec(clips, shape, Optional.empty(), appearance);
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

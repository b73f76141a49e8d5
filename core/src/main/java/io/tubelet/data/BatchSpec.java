package io.tubelet.data;

import io.tubelet.augment.RandAugment;
import io.tubelet.augment.ViewAugmentation;
import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Masking;
import java.util.List;
import java.util.Optional;

/**
 * What a batch is made of.
 *
 * @param clips clips of a batch, B; a multiple of the clips made of each video
 * @param shape of a clip
 * @param chosenFrames frames of a clip that the sampling chooses: all, or every second one, and
 *     between them those that lie halfway
 * @param masking what is hidden of it; nothing where whole clips are wanted
 * @param sameFrames whether the clips of one video take the same frames, as both programs fine-tune
 * @param appearance what changes the look of whole frames, before the crop
 * @param views what sets the clips of one video apart, after the crop: the first for the first
 *     clip, and so on, beginning anew after the last; may be empty
 */
public record BatchSpec(
    int clips,
    ClipShape shape,
    int chosenFrames,
    Optional<Masking> masking,
    boolean sameFrames,
    RandAugment appearance,
    List<ViewAugmentation> views) {

  public BatchSpec {
    views = List.copyOf(views);
    if (clips < 1) {
      throw new IllegalArgumentException("a batch needs at least one clip, got " + clips);
    }
    if (chosenFrames != shape.frames() && 2 * chosenFrames != shape.frames()) {
      throw new IllegalArgumentException(
          "all frames of a clip are chosen, or every second one: chosen=%d, frames=%d"
              .formatted(chosenFrames, shape.frames()));
    }
    if ((long) clips * shape.bytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a batch of %d clips has %d bytes, more than one array holds (2 GiB); use fewer clips and accumulate"
              .formatted(clips, (long) clips * shape.bytes()));
    }
  }

  /** Clips of which a part is hidden, for pre-training. */
  public static BatchSpec masked(int clips, ClipShape shape, Masking masking) {
    return masked(clips, shape, shape.frames(), masking);
  }

  /** As {@link #masked(int, ClipShape, Masking)}, with frames between those that are chosen. */
  public static BatchSpec masked(int clips, ClipShape shape, int chosenFrames, Masking masking) {
    return new BatchSpec(
        clips, shape, chosenFrames, Optional.of(masking), false, RandAugment.NONE, List.of());
  }

  /** Whole clips, for learning from labels. */
  public static BatchSpec whole(int clips, ClipShape shape, RandAugment appearance) {
    return new BatchSpec(
        clips, shape, shape.frames(), Optional.empty(), true, appearance, List.of());
  }

  /** Whole clips, those of one video to be told from those of others. */
  public static BatchSpec views(
      int clips, ClipShape shape, boolean sameFrames, List<ViewAugmentation> views) {
    return new BatchSpec(
        clips, shape, shape.frames(), Optional.empty(), sameFrames, RandAugment.NONE, views);
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

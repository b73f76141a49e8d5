package io.tubelet.synthetic;

import io.tubelet.clip.Frames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * The embedded data set: what it holds, and its making.
 *
 * @param clips how many, the classes of {@link Motion} in turn
 * @param frames of each clip, at 25 a second
 * @param size of the square picture in pixels
 * @param seed the same seed gives the same pixels
 */
public record MotionClips(int clips, int frames, int size, long seed) {

  /** The classes; the place in this list is the label. */
  public static final List<Motion> CLASSES = List.of(Motion.values());

  /** 400 clips of 32 frames, 96 by 96 pixels. */
  public static final MotionClips DEFAULT = new MotionClips(400, 32, 96, 0);

  /** Changes with the pixels that a seed gives, so that an older folder is not taken for this. */
  static final int VERSION = 1;

  private static final int SMALLEST_SIZE = 32;

  public MotionClips {
    int fewest = Split.CYCLE_WITH_ALL * CLASSES.size();
    if (clips < fewest) {
      throw new IllegalArgumentException(
          "clips must be at least %d, so that every list has every class, got %d"
              .formatted(fewest, clips));
    }
    if (frames < 2) {
      throw new IllegalArgumentException("frames must be at least 2 to show motion, got " + frames);
    }
    if (size < SMALLEST_SIZE || size % 2 != 0) {
      throw new IllegalArgumentException(
          "size must be even and at least %d pixels, got %d".formatted(SMALLEST_SIZE, size));
    }
  }

  /** More or fewer clips of the same kind; the first of them look as they do here. */
  public MotionClips withClips(int number) {
    return new MotionClips(number, frames, size, seed);
  }

  /** The label of clip {@code number}: the classes take turns. */
  public int label(int number) {
    return Objects.checkIndex(number, clips) % CLASSES.size();
  }

  /** The class of clip {@code number}. */
  public Motion motion(int number) {
    return CLASSES.get(label(number));
  }

  /** Paints clip {@code number}, {@code [frames, size, size, 3]}. */
  public Frames paint(int number) {
    Motion motion = motion(number);
    return Scene.draw(new SplittableRandom(seed * 1_000_003 + number)).paint(motion, frames, size);
  }

  /**
   * Makes sure that {@code folder} holds this set, complete: {@code <class>/<class>_<nnn>.mp4}, the
   * lists {@code train.csv}, {@code val.csv}, {@code test.csv} ("path label", paths relative to the
   * folder), {@code pretrain.txt} (paths of train and val) and {@code classes.txt}.
   *
   * <p>A set that is there is kept; one that was interrupted is completed.
   *
   * @param progress told how many clips are there, from the calling thread
   * @throws IOException when the folder holds anything else, or cannot be written to
   */
  public void prepare(Path folder, IntConsumer progress) throws IOException, InterruptedException {
    new MotionClipsFolder(this, folder).prepare(progress);
  }
}

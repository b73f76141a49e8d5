package io.tubelet.data;

import io.tubelet.augment.PhotometricChange;
import io.tubelet.augment.RandAugment;
import io.tubelet.augment.Resizer;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/** One clip in the making: takes the frames of its video as they come. For one thread. */
final class Cutting {
  private final ClipDraw draw;
  private final ClipShape shape;
  private final Resizer resizer;
  private final byte[] pixels;
  private final int offset;
  private final int frameBytes;

  /** Writes {@code [T, H, W, 3]} to {@code pixels} from byte {@code offset} on. */
  Cutting(ClipDraw draw, ClipShape shape, byte[] pixels, int offset) {
    this.draw = draw;
    this.shape = shape;
    this.resizer = draw.crop().resizer(shape.height(), shape.width());
    this.pixels = pixels;
    this.offset = offset;
    this.frameBytes = shape.bytes() / shape.frames();
  }

  /** Puts a frame, {@code [1, H, W, 3]}, wherever the clip shows it; elsewhere does nothing. */
  void take(int number, Frames frame) {
    int first = -1;
    for (int t = 0; t < draw.frames().length; t++) {
      if (draw.frames()[t] != number) {
        continue;
      }
      int to = offset + t * frameBytes;
      if (first < 0) {
        first = to;
        Frames changed = RandAugment.apply(frame, draw.appearance());
        resizer.resize(changed, 0, draw.crop().flip(), pixels, to);
      } else {
        System.arraycopy(pixels, first, pixels, to, frameBytes);
      }
    }
  }

  /** Changes the look of the clip, once all its frames are there. */
  void finish() {
    if (draw.photometric().isEmpty()) {
      return;
    }
    byte[] cut = Arrays.copyOfRange(pixels, offset, offset + shape.bytes());
    Frames clip = new Frames(shape.frames(), shape.height(), shape.width(), cut);
    byte[] changed = PhotometricChange.apply(clip, draw.photometric()).rgb();
    System.arraycopy(changed, 0, pixels, offset, changed.length);
  }
}

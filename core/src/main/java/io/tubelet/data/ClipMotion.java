package io.tubelet.data;

import io.tubelet.augment.Crop;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.MotionField;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.util.ArrayList;
import java.util.List;

/** What moves in each token of a clip: in what the clip shows, cropped and mirrored as it is. */
public final class ClipMotion {
  private ClipMotion() {}

  /** Of a clip that was drawn, after its frames were read. */
  static double[] of(VideoReader reader, ClipDraw draw, ClipShape shape) throws VideoException {
    return of(reader, draw.frames(), draw.crop(), shape);
  }

  /**
   * The mean movement in each token. A slot of key frames alone, which are coded without vectors,
   * takes that of the nearest slot that has some; where none has, nothing moves.
   *
   * @param frames numbers of the clip's frames, which were read before
   * @return one number a token, in coded pixels
   * @throws VideoException when the codec keeps its vectors to itself
   */
  public static double[] of(VideoReader reader, int[] frames, Crop crop, ClipShape shape)
      throws VideoException {
    List<List<MotionField>> slots = new ArrayList<>();
    for (int slot = 0; slot < shape.slots(); slot++) {
      List<MotionField> fields = new ArrayList<>();
      for (int t = slot * shape.tube(); t < (slot + 1) * shape.tube(); t++) {
        reader.motion(frames[t]).ifPresent(fields::add);
      }
      slots.add(fields);
    }
    double[] motion = new double[shape.tokens()];
    for (int token = 0; token < motion.length; token++) {
      List<MotionField> fields = nearest(slots, token / shape.tokensPerSlot());
      int place = token % shape.tokensPerSlot();
      for (MotionField field : fields) {
        motion[token] += mean(field, place, crop, shape, reader.info()) / fields.size();
      }
    }
    return motion;
  }

  private static List<MotionField> nearest(List<List<MotionField>> slots, int slot) {
    for (int away = 0; away < slots.size(); away++) {
      if (slot - away >= 0 && !slots.get(slot - away).isEmpty()) {
        return slots.get(slot - away);
      }
      if (slot + away < slots.size() && !slots.get(slot + away).isEmpty()) {
        return slots.get(slot + away);
      }
    }
    return List.of();
  }

  /** Over the part of the picture that a place of the clip shows. */
  private static double mean(
      MotionField field, int place, Crop crop, ClipShape shape, VideoInfo info) {
    int row = place / shape.columns();
    int column = place % shape.columns();
    int shown = crop.flip() ? shape.columns() - 1 - column : column;
    CropBox box = crop.box();
    double down = (double) box.height() / shape.rows();
    double across = (double) box.width() / shape.columns();
    return field.mean(
        (box.top() + row * down) / info.height(),
        (box.left() + shown * across) / info.width(),
        (box.top() + (row + 1) * down) / info.height(),
        (box.left() + (shown + 1) * across) / info.width());
  }
}

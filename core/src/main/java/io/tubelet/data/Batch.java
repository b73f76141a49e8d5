package io.tubelet.data;

import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Mask;
import java.util.List;

/**
 * Clips for one step. Clips of the same video are neighbours.
 *
 * @param shape of every clip
 * @param clips uint8 RGB, {@code [B, T, H, W, 3]}; belongs to whoever took the batch
 * @param masks one a clip; none for whole clips
 * @param draws where each clip comes from
 * @param part which clips of the whole batch these are
 * @param next the place after this batch: a loader started there goes on with the following one
 */
public record Batch(
    ClipShape shape,
    byte[] clips,
    List<Mask> masks,
    List<ClipDraw> draws,
    BatchPart part,
    Cursor next) {

  /** A whole batch. */
  public Batch(ClipShape shape, byte[] clips, List<Mask> masks, List<ClipDraw> draws, Cursor next) {
    this(shape, clips, masks, draws, BatchPart.all(clips.length / shape.bytes(), draws), next);
  }

  /** Number of clips, B. */
  public int size() {
    return clips.length / shape.bytes();
  }
}

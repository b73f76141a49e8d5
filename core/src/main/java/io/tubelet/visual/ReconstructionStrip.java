package io.tubelet.visual;

import io.tubelet.clip.Frames;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A reconstruction as one picture: a row for each panel, a column for each frame shown.
 *
 * @param rows from top to bottom
 * @param mostFrames at most so many frames, evenly spaced from the first to the last
 */
public record ReconstructionStrip(List<Panel> rows, int mostFrames) {

  /** Figure 2 with its error: original, masked, reconstruction, error; eight frames. */
  public static final ReconstructionStrip STANDARD =
      new ReconstructionStrip(
          List.of(Panel.ORIGINAL, Panel.MASKED, Panel.RECONSTRUCTION, Panel.ERROR), 8);

  static final Color PAPER = new Color(0xFB, 0xFB, 0xFC);
  static final int MARGIN = 8;
  private static final int GAP = 3;

  public ReconstructionStrip {
    rows = List.copyOf(rows);
    if (rows.isEmpty() || mostFrames < 1) {
      throw new IllegalArgumentException(
          "a strip needs at least one row and one frame, got rows=%d mostFrames=%d"
              .formatted(rows.size(), mostFrames));
    }
  }

  /** The picture as a PNG file. */
  public byte[] png(ReconstructedClip r) {
    return FrameImage.png(draw(r));
  }

  /** Small clips are enlarged by a whole factor, every pixel a square. */
  public BufferedImage draw(ReconstructedClip r) {
    int scale = FrameImage.readableScale(r.shape());
    int panelWidth = scale * r.shape().width();
    int panelHeight = scale * r.shape().height();
    int[] shown = FrameImage.evenly(r.shape().frames(), mostFrames);
    int gutter = rows.stream().mapToInt(p -> Lettering.width(p.label())).max().orElse(0) + MARGIN;
    int width = MARGIN + gutter + shown.length * (panelWidth + GAP) - GAP + MARGIN;
    List<String> caption = Lettering.lines(r.caption(), width - 2 * MARGIN);
    int top = MARGIN + (caption.size() + 1) * Lettering.LINE + GAP;
    int height = top + rows.size() * (panelHeight + GAP) - GAP + MARGIN;

    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(PAPER);
    g.fillRect(0, 0, width, height);
    for (int i = 0; i < caption.size(); i++) {
      Lettering.draw(g, caption.get(i), MARGIN, MARGIN + i * Lettering.LINE);
    }
    for (int column = 0; column < shown.length; column++) {
      int left = MARGIN + gutter + column * (panelWidth + GAP);
      Lettering.draw(g, frameLabel(r, shown[column]), left, top - Lettering.LINE);
    }
    for (int row = 0; row < rows.size(); row++) {
      int y = top + row * (panelHeight + GAP);
      Lettering.draw(g, rows.get(row).label(), MARGIN, y + (panelHeight - Lettering.LINE) / 2);
      Frames frames = rows.get(row).of(r);
      for (int column = 0; column < shown.length; column++) {
        int x = MARGIN + gutter + column * (panelWidth + GAP);
        g.drawImage(FrameImage.of(frames, shown[column]), x, y, panelWidth, panelHeight, null);
      }
    }
    g.dispose();
    return image;
  }

  private static String frameLabel(ReconstructedClip r, int frame) {
    return r.predicts(frame) ? "frame " + frame : "frame " + frame + " (repeated)";
  }
}

package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Reconstructions as moving pictures: panels side by side, one row for each reconstruction, to be
 * written as MP4 or GIF.
 *
 * @param columns from left to right
 */
public record ReconstructionVideo(List<Panel> columns) {

  /** Original, masked, reconstruction, error. */
  public static final ReconstructionVideo STANDARD =
      new ReconstructionVideo(ReconstructionStrip.STANDARD.rows());

  private static final int MARGIN = ReconstructionStrip.MARGIN;
  private static final int GAP = 4;

  public ReconstructionVideo {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a reconstruction video needs at least one column");
    }
  }

  /**
   * As many frames as the clip has; height and width are even, as video encoders want them.
   *
   * @param rows reconstructions of clips of one shape, such as one clip under several ratios
   */
  public Frames compose(List<ReconstructedClip> rows) {
    requireOneShape(rows);
    ClipShape shape = rows.get(0).shape();
    int scale = FrameImage.readableScale(shape);
    int panelWidth = scale * shape.width();
    int panelHeight = scale * shape.height();
    int width = even(2 * MARGIN + columns.size() * (panelWidth + GAP) - GAP);
    List<List<String>> captions =
        rows.stream().map(r -> Lettering.lines(r.caption(), width - 2 * MARGIN)).toList();
    int captionLines = captions.stream().mapToInt(List::size).max().orElse(0);
    int rowHeight = (captionLines + 1) * Lettering.LINE + panelHeight + MARGIN;
    int height = even(MARGIN + rows.size() * rowHeight);

    var sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setColor(ReconstructionStrip.PAPER);
    g.fillRect(0, 0, width, height);
    List<List<Frames>> panels =
        rows.stream().map(r -> columns.stream().map(p -> p.of(r)).toList()).toList();
    byte[] rgb = new byte[Math.multiplyExact(shape.frames(), height * width * ClipShape.CHANNELS)];
    for (int row = 0; row < rows.size(); row++) {
      int top = MARGIN + row * rowHeight;
      List<String> caption = captions.get(row);
      for (int i = 0; i < caption.size(); i++) {
        Lettering.draw(g, caption.get(i), MARGIN, top + i * Lettering.LINE);
      }
      for (int column = 0; column < columns.size(); column++) {
        int left = MARGIN + column * (panelWidth + GAP);
        Lettering.draw(g, columns.get(column).label(), left, top + captionLines * Lettering.LINE);
      }
    }
    for (int t = 0; t < shape.frames(); t++) {
      for (int row = 0; row < rows.size(); row++) {
        int y = MARGIN + row * rowHeight + (captionLines + 1) * Lettering.LINE;
        for (int column = 0; column < columns.size(); column++) {
          int x = MARGIN + column * (panelWidth + GAP);
          BufferedImage frame = FrameImage.of(panels.get(row).get(column), t);
          g.drawImage(frame, x, y, panelWidth, panelHeight, null);
        }
      }
      FrameImage.copy(sheet, rgb, t * height * width * ClipShape.CHANNELS);
    }
    g.dispose();
    return new Frames(shape.frames(), height, width, rgb);
  }

  private static int even(int size) {
    return size + size % 2;
  }

  private static void requireOneShape(List<ReconstructedClip> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a reconstruction video needs at least one row");
    }
    for (ReconstructedClip r : rows) {
      if (!r.shape().equals(rows.get(0).shape())) {
        throw new IllegalArgumentException(
            "reconstructions of one video must share a shape, got %s and %s"
                .formatted(rows.get(0).shape(), r.shape()));
      }
    }
  }
}

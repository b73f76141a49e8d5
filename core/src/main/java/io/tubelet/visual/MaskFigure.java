package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.mask.Mask;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ways of masking one below the other, in the manner of mae_st's Figure 4: each on the same clip, a
 * column for each slot of time. Visible tokens show the clip, hidden ones are grey squares.
 *
 * @param clip what is masked; the first row shows it whole
 * @param shape of the clip
 * @param rows from top to bottom
 */
public record MaskFigure(Frames clip, ClipShape shape, List<Row> rows) {

  /**
   * One way of masking.
   *
   * @param caption lines beside it
   */
  public record Row(List<String> caption, Mask mask) {}

  private static final int MOST_SLOTS = 8;

  /** A picture is about so wide; tokens are squares of whole pixels. */
  private static final int PANEL = 126;

  private static final int GAP = 6;
  private static final Color HIDDEN = new Color(0xC9, 0xCD, 0xD4);

  public MaskFigure {
    new TokenGrid(shape).requireFits("clip", clip);
    rows = List.copyOf(rows);
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    return FrameImage.png(draw());
  }

  /** At most eight slots, evenly spaced. */
  public BufferedImage draw() {
    int side = Math.max(2, PANEL / Math.max(shape.rows(), shape.columns())); // of a token
    int panelWidth = side * shape.columns();
    int panelHeight = side * shape.rows();
    int[] slots = FrameImage.evenly(shape.slots(), MOST_SLOTS);
    int gutter = gutter();
    int rowHeight = Math.max(panelHeight, mostLines() * Lettering.LINE) + GAP;
    int margin = ReconstructionStrip.MARGIN;
    int top = margin + Lettering.LINE;
    var image =
        new BufferedImage(
            2 * margin + gutter + slots.length * (panelWidth + GAP) - GAP,
            top + (rows.size() + 1) * rowHeight - GAP + margin,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.setColor(ReconstructionStrip.PAPER);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    caption(g, List.of("clip"), margin, top, panelHeight);
    for (int row = 0; row < rows.size(); row++) {
      int y = top + (row + 1) * rowHeight;
      caption(g, rows.get(row).caption(), margin, y, panelHeight);
    }
    for (int column = 0; column < slots.length; column++) {
      int slot = slots[column];
      int x = margin + gutter + column * (panelWidth + GAP);
      BufferedImage frame = FrameImage.of(clip, slot * shape.tube());
      Lettering.draw(g, "slot " + slot, x, margin);
      g.drawImage(frame, x, top, panelWidth, panelHeight, null);
      for (int row = 0; row < rows.size(); row++) {
        int y = top + (row + 1) * rowHeight;
        g.drawImage(frame, x, y, panelWidth, panelHeight, null);
        hide(g, bits(rows.get(row).mask()), slot, x, y, side);
      }
    }
    g.dispose();
    return image;
  }

  /** Hidden tokens are separate squares, so that they can be counted. */
  private void hide(Graphics2D g, BitSet hidden, int slot, int left, int top, int side) {
    for (int place = 0; place < shape.tokensPerSlot(); place++) {
      if (hidden.get(slot * shape.tokensPerSlot() + place)) {
        int x = left + place % shape.columns() * side;
        int y = top + place / shape.columns() * side;
        g.setColor(ReconstructionStrip.PAPER);
        g.fillRect(x, y, side, side);
        g.setColor(HIDDEN);
        g.fillRect(x, y, side - 1, side - 1);
      }
    }
  }

  private static BitSet bits(Mask mask) {
    BitSet hidden = new BitSet();
    IntStream.of(mask.hidden()).forEach(hidden::set);
    return hidden;
  }

  private static void caption(Graphics2D g, List<String> lines, int left, int top, int height) {
    int y = top + Math.max(0, (height - lines.size() * Lettering.LINE) / 2);
    for (String line : lines) {
      Lettering.draw(g, line, left, y);
      y += Lettering.LINE;
    }
  }

  private int gutter() {
    return rows.stream()
            .flatMap(row -> row.caption().stream())
            .mapToInt(Lettering::width)
            .max()
            .orElse(Lettering.width("clip"))
        + 2 * ReconstructionStrip.MARGIN;
  }

  private int mostLines() {
    return rows.stream().mapToInt(row -> row.caption().size()).max().orElse(1);
  }
}

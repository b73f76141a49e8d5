package io.tubelet.visual;

import io.tubelet.clip.Frames;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures above their words above what is painted from the words alone. A word has always the same
 * colour, which means nothing else.
 */
public record WordPicture(List<Column> columns) {

  /**
   * One picture.
   *
   * @param original of its frames the first is shown
   * @param painted one frame
   * @param words by number, row by row
   * @param rows of words
   * @param across words of a row
   */
  public record Column(Frames original, Frames painted, long[] words, int rows, int across) {}

  private static final List<String> CAPTIONS = List.of("picture", "words", "painted");

  /** A picture is about so wide; words are squares of whole pixels. */
  private static final int PANEL = 144;

  private static final int GAP = 6;

  /** Hues a golden section apart, so that neighbouring numbers look unlike. */
  private static final double GOLDEN = 0.61803398875;

  public WordPicture {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a picture of words needs at least one column");
    }
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    return FrameImage.png(draw());
  }

  private BufferedImage draw() {
    Column first = columns.get(0);
    int side = Math.max(2, PANEL / Math.max(first.rows(), first.across())); // of a word
    int width = side * first.across();
    int height = side * first.rows();
    int margin = ReconstructionStrip.MARGIN;
    int gutter = CAPTIONS.stream().mapToInt(Lettering::width).max().orElse(0) + 2 * margin;
    var image =
        new BufferedImage(
            margin + gutter + columns.size() * (width + GAP),
            2 * margin + CAPTIONS.size() * (height + GAP) - GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.setColor(ReconstructionStrip.PAPER);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int row = 0; row < CAPTIONS.size(); row++) {
      int y = margin + row * (height + GAP);
      Lettering.draw(g, CAPTIONS.get(row), margin, y + (height - Lettering.LINE) / 2);
    }
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      int x = margin + gutter + i * (width + GAP);
      g.drawImage(FrameImage.of(column.original(), 0), x, margin, width, height, null);
      words(g, column, x, margin + height + GAP, side);
      int bottom = margin + 2 * (height + GAP);
      g.drawImage(FrameImage.of(column.painted(), 0), x, bottom, width, height, null);
    }
    g.dispose();
    return image;
  }

  private static void words(Graphics2D g, Column column, int left, int top, int side) {
    for (int i = 0; i < column.words().length; i++) {
      g.setColor(colour(column.words()[i]));
      g.fillRect(left + i % column.across() * side, top + i / column.across() * side, side, side);
    }
  }

  private static Color colour(long word) {
    double hue = word * GOLDEN;
    float brightness = 0.55f + 0.45f * ((word * 7 % 11) / 10f);
    return Color.getHSBColor((float) (hue - Math.floor(hue)), 0.6f, brightness);
  }
}

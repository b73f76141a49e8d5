package io.tubelet.visual;

import java.awt.geom.Path2D;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters as a few pen strokes each.
 *
 * <p>The JDK cannot draw text where the system has no fonts, as in many containers, and looks
 * different on every system that has some. With these a picture is the same everywhere.
 *
 * <p>A glyph is its width and its strokes; a stroke is a list of points, each two digits: x to the
 * right, y downwards in base 12. Capitals stand from 0 to 8, small letters from 3 to 8, descenders
 * end at b. A single point is a dot.
 */
final class StrokeFont {

  private static final int SPACING = 2;
  private static final int BASE = 12;

  private record Glyph(int width, String[] strokes) {}

  private static final Map<Character, Glyph> GLYPHS = new HashMap<>();

  private static final Glyph UNKNOWN = glyph("4 0040480800");

  static {
    small();
    capitals();
    digitsAndSigns();
  }

  private StrokeFont() {}

  /** Length of a text in grid units. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += of(text.charAt(i)).width() + SPACING;
    }
    return Math.max(0, width - SPACING);
  }

  /**
   * The strokes of a text.
   *
   * @param left where it begins, in pixels
   * @param top where its capitals begin, in pixels
   * @param unit pixels of a grid unit
   */
  static Path2D strokes(String text, double left, double top, double unit) {
    var path = new Path2D.Double();
    double x = left;
    for (int i = 0; i < text.length(); i++) {
      Glyph glyph = of(text.charAt(i));
      for (String stroke : glyph.strokes()) {
        for (int p = 0; p < stroke.length(); p += 2) {
          double px = x + unit * Character.digit(stroke.charAt(p), BASE);
          double py = top + unit * Character.digit(stroke.charAt(p + 1), BASE);
          if (p == 0) {
            path.moveTo(px, py);
          }
          path.lineTo(px, py);
        }
      }
      x += unit * (glyph.width() + SPACING);
    }
    return path;
  }

  private static Glyph of(char c) {
    return GLYPHS.getOrDefault(c, UNKNOWN);
  }

  private static Glyph glyph(String text) {
    String[] parts = text.split(" ");
    String[] strokes = new String[parts.length - 1];
    System.arraycopy(parts, 1, strokes, 0, strokes.length);
    return new Glyph(Integer.parseInt(parts[0]), strokes);
  }

  private static void put(char c, String text) {
    GLYPHS.put(c, glyph(text));
  }

  private static void small() {
    put('a', "4 4348 4433130407183847");
    put('b', "4 0008 0413334447381807");
    put('c', "4 4433130407183847");
    put('d', "4 4048 4433130407183847");
    put('e', "4 05454433130407183847");
    put('f', "3 30201118 0333");
    put('g', "4 434a3b1b0a 4433130407183847");
    put('h', "4 0008 0413334448");
    put('i', "0 0308 01");
    put('j', "1 131a0b 11");
    put('k', "4 0008 4306 2548");
    put('l', "0 0008");
    put('m', "6 0308 0413233438 3443536468");
    put('n', "4 0308 0413334448");
    put('o', "4 133344473818070413");
    put('p', "4 030b 0413334447381807");
    put('q', "4 434b 4433130407183847");
    put('r', "3 0308 05142333");
    put('s', "4 44331304153647381807");
    put('t', "3 11172838 0333");
    put('u', "4 0307183847 4348");
    put('v', "4 032843");
    put('w', "6 0318345863");
    put('x', "4 0348 4308");
    put('y', "4 0328 431b");
    put('z', "4 03430848");
  }

  private static void capitals() {
    put('A', "6 083068 1555");
    put('B', "4 00083847453404 0030414334");
    put('C', "5 5140100107184857");
    put('D', "5 00083856523000");
    put('E', "4 40000848 0434");
    put('F', "4 400008 0434");
    put('G', "5 51401001071848575434");
    put('H', "5 0008 5058 0454");
    put('I', "0 0008");
    put('J', "3 3037281807");
    put('K', "5 0008 5005 2358");
    put('L', "4 000848");
    put('M', "6 0800356068");
    put('N', "5 08005850");
    put('O', "6 204062664828060220");
    put('P', "4 08003041443505");
    put('Q', "6 204062664828060220 4668");
    put('R', "4 08003041433404 2448");
    put('S', "4 413010010314344547381807");
    put('T', "6 0060 3038");
    put('U', "5 000618485650");
    put('V', "6 003860");
    put('W', "8 0028406880");
    put('X', "5 0058 5008");
    put('Y', "6 003460 3438");
    put('Z', "5 00500858");
  }

  private static void digitsAndSigns() {
    put('0', "4 103041473818070110");
    put('1', "4 022028");
    put('2', "4 0201103041430848");
    put('3', "4 01103041433414 344547381807");
    put('4', "4 38300646");
    put('5', "4 40000413334447381807");
    put('6', "4 413010010718384745341405");
    put('7', "4 004018");
    put('8', "4 103041433414030110 1405071838474534");
    put('9', "4 071838474130100103143443");
    put(' ', "2");
    put('.', "1 08");
    put(',', "1 180a");
    put(':', "0 04 08");
    put(';', "1 14 180a");
    put('%', "6 6008 102031322313020110 455566675848373645");
    put('(', "2 201102071829");
    put(')', "2 001122271809");
    put('-', "3 0535");
    put('_', "4 0949");
    put('/', "3 3009");
    put('+', "4 2428 0646");
    put('=', "4 0545 0747");
    put('×', "4 0448 4408");
    put('\'', "0 0002");
  }
}

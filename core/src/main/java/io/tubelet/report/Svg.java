package io.tubelet.report;

import java.util.Locale;

/** Inline SVG, put together mark by mark; the colours are those of the page's style sheet. */
final class Svg {

  private final StringBuilder svg = new StringBuilder();

  private Svg(String size, double width, double height, String label) {
    svg.append(
        "<svg %sviewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(size, number(width), number(height), Html.escape(label)));
  }

  /** A drawing that grows and shrinks with its place; {@code label} is for screen readers. */
  static Svg fitting(double width, double height, String label) {
    return new Svg("", width, height, label);
  }

  /** A drawing of so many pixels, with letters 13 high. */
  static Svg fixed(double width, double height, String label) {
    String size = "width=\"%s\" height=\"%s\" ".formatted(number(width), number(height));
    return new Svg(size, width, height, label);
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    path(style, "M%s %sL%s %s".formatted(number(x1), number(y1), number(x2), number(y2)));
  }

  void path(String style, String d) {
    svg.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, d));
  }

  /** A surface, see-through for an opacity below 1. */
  void surface(String style, double opacity, String d) {
    svg.append(
        "<path class=\"%s\" fill-opacity=\"%s\" d=\"%s\"/>\n".formatted(style, number(opacity), d));
  }

  void circle(String style, double x, double y, double radius) {
    svg.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
            .formatted(style, number(x), number(y), number(radius)));
  }

  /** A square surface that says something where the mouse rests. */
  void telling(String style, double opacity, double x, double y, double side, String words) {
    svg.append(
        "<path class=\"%s\" fill-opacity=\"%s\" d=\"%s\"><title>%s</title></path>\n"
            .formatted(style, number(opacity), square(x, y, side), Html.escape(words)));
  }

  /** For {@link #path} and {@link #surface}. */
  static String square(double x, double y, double side) {
    String s = number(side);
    return "M%s %sh%sv%sh-%sz".formatted(number(x), number(y), s, s, s);
  }

  /**
   * A line of text.
   *
   * @param anchor {@code start, middle} or {@code end}: what of it is at {@code x}
   */
  void text(String style, String anchor, double x, double y, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(style, number(x), number(y), anchor, Html.escape(text)));
  }

  /** A line of text that is turned about its anchor, by degrees clockwise. */
  void turned(String style, String anchor, double x, double y, int degrees, String text) {
    svg.append(
        "<text class=\"%s\" text-anchor=\"%s\" transform=\"translate(%s %s) rotate(%d)\">%s</text>\n"
            .formatted(style, anchor, number(x), number(y), degrees, Html.escape(text)));
  }

  /** The element. */
  String element() {
    return svg + "</svg>\n";
  }

  static String number(double v) {
    return String.format(Locale.ROOT, "%.1f", v);
  }
}

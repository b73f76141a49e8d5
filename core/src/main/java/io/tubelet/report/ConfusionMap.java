package io.tubelet.report;

import io.tubelet.evaluate.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A confusion matrix as inline SVG: a cell is the darker, the larger the share of its label's
 * clips; right ones in one colour, mistakes in another, so that a mistake catches the eye.
 *
 * <p>Few classes have their names along both sides and counts in the cells, many have numbers along
 * the sides; the names then appear where the mouse rests. The colour grows with the square root of
 * the share: a fiftieth of a class is still seen.
 */
final class ConfusionMap {

  private static final int MOST_COUNTED = 20;
  private static final int MOST_NAMED = 40;

  /** So many cells tell their names; the others, each of a clip or two, are drawn together. */
  private static final int MOST_TOLD = 3000;

  private static final int LARGEST_CELL = 40;
  private static final int MAP = 800;

  /** A cell smaller than this would not be seen; it then covers a part of its neighbours. */
  private static final double SMALLEST_MARK = 3;

  private static final int NAME_LENGTH = 26;
  private static final double LETTER = 6.6;
  private static final int LEVELS = 10;
  private static final double[] LEGEND = {0.01, 0.05, 0.25, 0.5, 1};

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final int k;
  private final double cell;
  private final double left;
  private final double top;
  private final double side;

  ConfusionMap(ConfusionMatrix matrix, List<String> names) {
    this.matrix = matrix;
    this.names = names;
    k = matrix.classes();
    cell = Math.min(LARGEST_CELL, (double) MAP / k);
    side = k * cell;
    int longest = names.stream().mapToInt(n -> brief(n).length()).max().orElse(0);
    left = 26 + (named() ? LETTER * longest + 8 : 34);
    // Names over the columns lean, so they reach less high than they are long.
    top = 26 + (named() ? 0.8 * LETTER * longest + 12 : 22);
  }

  /** How to read the picture of so many classes. */
  static String note(int classes) {
    String rows = "A row for each class, a column for what its clips were taken for.";
    return classes <= MOST_NAMED
        ? rows
        : rows
            + " Numbers are places in the list of classes; a cell tells its names where the mouse rests.";
  }

  private record Cell(int label, int predicted, int clips, double share) {}

  String svg() {
    double width = left + side + (named() ? 100 : 20);
    double height = top + side + 44;
    var svg = new StringBuilder();
    svg.append(
        "<svg width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(
                number(width),
                number(height),
                number(width),
                number(height),
                "Confusion matrix of %d classes".formatted(k)));
    svg.append(
        "<rect class=\"frame\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
            .formatted(number(left), number(top), number(side), number(side)));
    if (named()) {
      classNames(svg);
    } else {
      classNumbers(svg);
    }
    cells(svg);
    text(svg, "name", "middle", left + side / 2, 14, "taken for");
    svg.append(
        "<text class=\"name\" text-anchor=\"middle\" transform=\"translate(14 %s) rotate(-90)\">class</text>\n"
            .formatted(number(top + side / 2)));
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private boolean named() {
    return k <= MOST_NAMED;
  }

  private void classNames(StringBuilder svg) {
    for (int c = 0; c < k; c++) {
      String name = brief(names.get(c));
      text(svg, "name", "end", left - 8, top + (c + 0.5) * cell + 4, name);
      svg.append(
          "<text class=\"name\" transform=\"translate(%s %s) rotate(-50)\">%s</text>\n"
              .formatted(number(left + (c + 0.5) * cell + 4), number(top - 6), Html.escape(name)));
    }
  }

  private void classNumbers(StringBuilder svg) {
    int every = k <= 120 ? 10 : k <= 250 ? 20 : 50;
    for (int c = 0; c < k; c += every) {
      double at = (c + 0.5) * cell;
      text(svg, "number", "end", left - 8, top + at + 4, String.valueOf(c));
      text(svg, "number", "middle", left + at, top - 8, String.valueOf(c));
      line(svg, left - 5, top + at, left, top + at);
      line(svg, left + at, top - 5, left + at, top);
    }
  }

  /** The strongest on top, right ones above all. */
  private void cells(StringBuilder svg) {
    List<Cell> strongest = filled();
    int told = Math.min(strongest.size(), MOST_TOLD);
    untold(svg, strongest.subList(told, strongest.size()));
    for (int i = told - 1; i >= 0; i--) {
      told(svg, strongest.get(i));
    }
  }

  private void untold(StringBuilder svg, List<Cell> cells) {
    var byLevel = new TreeMap<Integer, StringBuilder>();
    String size = number(mark());
    for (Cell c : cells) {
      byLevel
          .computeIfAbsent(level(c.share()), level -> new StringBuilder())
          .append("M%s %sh%sv%sh-%sz".formatted(x(c), y(c), size, size, size));
    }
    byLevel.forEach(
        (level, d) ->
            svg.append(
                "<path class=\"wrong\" fill-opacity=\"%s\" d=\"%s\"/>\n"
                    .formatted(opacity(level), d)));
  }

  /** The cells with clips: the diagonal first, then by falling number of clips. */
  private List<Cell> filled() {
    var cells = new ArrayList<Cell>();
    for (int label = 0; label < k; label++) {
      int of = matrix.clips(label);
      for (int predicted = 0; predicted < k; predicted++) {
        int clips = matrix.counts()[label][predicted];
        if (clips > 0) {
          cells.add(new Cell(label, predicted, clips, (double) clips / of));
        }
      }
    }
    cells.sort(
        Comparator.comparing((Cell c) -> c.label() != c.predicted())
            .thenComparing(Comparator.comparingInt(Cell::clips).reversed()));
    return cells;
  }

  private void told(StringBuilder svg, Cell c) {
    String size = number(mark());
    svg.append(
        "<rect class=\"%s\" fill-opacity=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>\n"
            .formatted(
                c.label() == c.predicted() ? "right" : "wrong",
                opacity(level(c.share())),
                x(c),
                y(c),
                size,
                size,
                Html.escape(words(c))));
    if (k <= MOST_COUNTED) {
      text(
          svg,
          c.share() > 0.4 ? "count strong" : "count",
          "middle",
          left + (c.predicted() + 0.5) * cell,
          top + (c.label() + 0.5) * cell + 4,
          String.valueOf(c.clips()));
    }
  }

  private String words(Cell c) {
    String share = "%d of %d".formatted(c.clips(), matrix.clips(c.label()));
    return c.label() == c.predicted()
        ? "%s: %s right".formatted(names.get(c.label()), share)
        : "%s taken for %s: %s".formatted(names.get(c.label()), names.get(c.predicted()), share);
  }

  /** The share of a label's clips that a colour means. */
  private void legend(StringBuilder svg) {
    double y = top + side + 20;
    double x = left;
    for (String style : List.of("right", "wrong")) {
      text(svg, "name", "start", x, y + 11, style);
      x += 44;
      for (double share : LEGEND) {
        svg.append(
            "<rect class=\"%s\" fill-opacity=\"%s\" x=\"%s\" y=\"%s\" width=\"14\" height=\"14\"/>\n"
                .formatted(style, opacity(level(share)), number(x), number(y)));
        x += 16;
      }
      x += 16;
    }
    text(svg, "name", "start", x, y + 11, "1, 5, 25, 50, 100 % of the class");
  }

  /** 1 to 10. */
  private static int level(double share) {
    return Math.max(1, (int) Math.round(LEVELS * Math.sqrt(share)));
  }

  private static String opacity(int level) {
    return number((double) level / LEVELS);
  }

  /** Side of what is drawn for a cell. */
  private double mark() {
    return Math.max(SMALLEST_MARK, cell >= 8 ? cell - 1 : cell);
  }

  private String x(Cell c) {
    return number(left + (c.predicted() + 0.5) * cell - mark() / 2);
  }

  private String y(Cell c) {
    return number(top + (c.label() + 0.5) * cell - mark() / 2);
  }

  private static String brief(String name) {
    return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH - 1).strip() + "…";
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        "<path class=\"tick\" d=\"M%s %sL%s %s\"/>\n"
            .formatted(number(x1), number(y1), number(x2), number(y2)));
  }

  private static void text(
      StringBuilder svg, String style, String anchor, double x, double y, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(style, number(x), number(y), anchor, Html.escape(text)));
  }

  private static String number(double v) {
    return Ticks.plain(Math.round(100 * v) / 100.0);
  }
}

package io.tubelet.report;

import io.tubelet.evaluate.Confusion;
import io.tubelet.evaluate.ConfusionMatrix;
import java.util.List;
import java.util.TreeMap;

/**
 * A confusion matrix as inline SVG: a cell is the darker, the larger the share of its label's
 * clips; right ones in one colour, mistakes in another, so that a mistake catches the eye.
 *
 * <p>Few classes have their names along both sides and counts in the cells, many have numbers along
 * the sides; the names then appear where the mouse rests. The colour grows with the square root of
 * the share: a single clip is still seen.
 */
final class ConfusionMap {

  private static final int MOST_COUNTED = 20;
  private static final int MOST_NAMED = 40;

  /** So many cells tell their names; the others, each of a clip or two, are drawn together. */
  private static final int MOST_TOLD = 3000;

  private static final int LARGEST_CELL = 40;
  private static final int NAMED_MAP = 720;
  private static final int NUMBERED_MAP = 880;
  private static final int LEGEND_WIDTH = 430;

  /** A mistake smaller than this would not be seen; it then covers a part of its neighbours. */
  private static final double SMALLEST_MARK = 3;

  private static final int NAME_LENGTH = 24;
  private static final double LETTER = 7.2;
  private static final double[] LEGEND = {0.01, 0.1, 0.25, 0.5, 1};

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final int k;
  private final double cell;
  private final double left;
  private final double top;
  private final double side;
  private final double lean;

  ConfusionMap(ConfusionMatrix matrix, List<String> names) {
    this.matrix = matrix;
    this.names = names;
    k = matrix.classes();
    cell = Math.min(LARGEST_CELL, (double) (named() ? NAMED_MAP : NUMBERED_MAP) / k);
    side = k * cell;
    int longest = names.stream().mapToInt(n -> brief(n).length()).max().orElse(0);
    left = named() ? 30 + LETTER * longest + 8 : 60;
    // Names over the columns lean: they reach up and to the right.
    top = named() ? 26 + 0.77 * LETTER * longest + 12 : 48;
    lean = named() ? 0.64 * LETTER * longest + 10 : 20;
  }

  /** How to read the picture of so many classes. */
  static String note(int classes) {
    String rows = "A row for each class, a column for what its clips were taken for.";
    return classes <= MOST_NAMED
        ? rows
        : rows
            + " Numbers are places in the list of classes; a cell tells its names where the mouse rests.";
  }

  String svg() {
    double width = left + Math.max(side + lean, LEGEND_WIDTH);
    Svg svg = Svg.fixed(width, top + side + 44, "Confusion matrix of %d classes".formatted(k));
    svg.path("frame", Svg.square(left, top, side));
    if (named()) {
      classNames(svg);
    } else {
      classNumbers(svg);
    }
    cells(svg);
    svg.text("name", "middle", left + side / 2, 14, "taken for");
    svg.turned("name", "middle", 14, top + side / 2, -90, "class");
    legend(svg);
    return svg.element();
  }

  private boolean named() {
    return k <= MOST_NAMED;
  }

  private void classNames(Svg svg) {
    for (int c = 0; c < k; c++) {
      double at = (c + 0.5) * cell + 4;
      svg.text("name", "end", left - 8, top + at, brief(names.get(c)));
      svg.turned("name", "start", left + at, top - 6, -50, brief(names.get(c)));
    }
  }

  private void classNumbers(Svg svg) {
    int every = k <= 120 ? 10 : k <= 250 ? 20 : 50;
    for (int c = 0; c < k; c += every) {
      double at = (c + 0.5) * cell;
      svg.text("number", "end", left - 8, top + at + 4, String.valueOf(c));
      svg.text("number", "middle", left + at, top - 8, String.valueOf(c));
      svg.line("tick", left - 5, top + at, left, top + at);
      svg.line("tick", left + at, top - 5, left + at, top);
    }
  }

  private void cells(Svg svg) {
    for (int label = 0; label < k; label++) {
      int clips = matrix.clips(label);
      int right = matrix.counts()[label][label];
      if (right > 0) {
        told(svg, new Confusion(label, label, right, clips));
      }
    }
    List<Confusion> mistakes = matrix.mostConfused(k * k);
    int told = Math.min(mistakes.size(), MOST_TOLD);
    untold(svg, mistakes.subList(told, mistakes.size()));
    mistakes.subList(0, told).forEach(c -> told(svg, c));
  }

  private void told(Svg svg, Confusion c) {
    boolean right = c.label() == c.predicted();
    double mark = mark(right);
    svg.telling(
        right ? "right" : "wrong",
        opacity(c.share()),
        across(c) - mark / 2,
        down(c) - mark / 2,
        mark,
        words(c));
    if (k <= MOST_COUNTED) {
      String style = c.share() > 0.4 ? "count strong" : "count";
      svg.text(style, "middle", across(c), down(c) + 4, String.valueOf(c.clips()));
    }
  }

  /** One surface for all mistakes of equal opacity: hundreds of marks in few bytes. */
  private void untold(Svg svg, List<Confusion> mistakes) {
    var byOpacity = new TreeMap<Double, StringBuilder>();
    double mark = mark(false);
    for (Confusion c : mistakes) {
      byOpacity
          .computeIfAbsent(opacity(c.share()), o -> new StringBuilder())
          .append(Svg.square(across(c) - mark / 2, down(c) - mark / 2, mark));
    }
    byOpacity.forEach((opacity, squares) -> svg.surface("wrong", opacity, squares.toString()));
  }

  private String words(Confusion c) {
    String share = "%d of %d".formatted(c.clips(), c.of());
    return c.label() == c.predicted()
        ? "%s: %s right".formatted(names.get(c.label()), share)
        : "%s taken for %s: %s".formatted(names.get(c.label()), names.get(c.predicted()), share);
  }

  /** The share of a label's clips that a colour means. */
  private void legend(Svg svg) {
    double y = top + side + 20;
    double x = left;
    for (String style : List.of("right", "wrong")) {
      svg.text("name", "start", x, y + 11, style);
      x += 46;
      for (double share : LEGEND) {
        svg.surface(style, opacity(share), Svg.square(x, y, 14));
        x += 16;
      }
      x += 16;
    }
    svg.text("name", "start", x, y + 11, "1, 10, 25, 50, 100 % of the class");
  }

  /** In tenths, so that marks of about the same share are of one opacity; the faintest is seen. */
  private static double opacity(double share) {
    return Math.max(2, Math.round(10 * Math.sqrt(share))) / 10.0;
  }

  /** Side of what is drawn for a cell. */
  private double mark(boolean right) {
    double seen = cell >= 8 ? cell - 1 : cell;
    return right ? seen : Math.max(SMALLEST_MARK, seen);
  }

  /** Where the middle of a cell lies. */
  private double across(Confusion c) {
    return left + (c.predicted() + 0.5) * cell;
  }

  private double down(Confusion c) {
    return top + (c.label() + 0.5) * cell;
  }

  /** Beginning and end: names of one list often begin, or end, alike. */
  private static String brief(String name) {
    int half = NAME_LENGTH / 2;
    return name.length() <= NAME_LENGTH
        ? name
        : name.substring(0, half).strip() + "…" + name.substring(name.length() - half + 1).strip();
  }
}

package io.tubelet.report;

/**
 * What stands over a column: it may break between words, not at their hyphens or before its unit.
 */
final class PrintedHead {
  private static final String HYPHEN = "\u2011";
  private static final String BLANK = "\u00a0";

  private PrintedHead() {}

  /** HTML of a head cell. */
  static String cell(String head) {
    return "<th>" + text(head) + "</th>";
  }

  static String text(String head) {
    return Html.escape(head).replace("-", HYPHEN).replace(", %", "," + BLANK + "%");
  }
}

package io.tubelet.study;

/** How a table is laid out. */
public enum Layout {
  /** A line a row, a column a measure: most tables of both papers. */
  TABLE,
  /** One setting down, another across, a cell a combination. */
  GRID,
  /** A number on the horizontal axis, a line for each value of another setting. */
  CURVE
}

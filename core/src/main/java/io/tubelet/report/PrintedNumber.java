package io.tubelet.report;

import io.tubelet.evaluate.MeanAndSpread;
import io.tubelet.report.StudyTable.Column;
import io.tubelet.report.StudyTable.Measured;
import java.util.Collection;
import java.util.Optional;

/** A number of a table with its spread, the highest of its kind in bold. */
final class PrintedNumber {
  static final String UNKNOWN = "<span class=\"none\">–</span>";

  private PrintedNumber() {}

  /** HTML for {@code 55.0 ± 6.0}, with the number of seeds where some are missing. */
  static String of(Measured measured, Column column, int seeds, boolean bold) {
    Optional<MeanAndSpread> found = measured.summary();
    if (found.isEmpty()) {
      return UNKNOWN;
    }
    MeanAndSpread m = found.get();
    String mean = StudyReport.number(m.mean(), column);
    String spread =
        m.n() == 1
            ? ""
            : "<small class=\"spread\"> ± %s</small>"
                .formatted(StudyReport.number(m.spread(), column));
    String few = m.n() == seeds ? "" : "<small class=\"few\"> (%d)</small>".formatted(m.n());
    return (bold ? "<b>" + mean + "</b>" : mean) + spread + few;
  }

  /** The highest mean of at least two, as it is printed; {@code NaN} where there is no such. */
  static double highest(Collection<Measured> all) {
    double[] means =
        all.stream().flatMap(m -> m.summary().stream()).mapToDouble(MeanAndSpread::mean).toArray();
    double highest = Double.NEGATIVE_INFINITY;
    for (double mean : means) {
      highest = Math.max(highest, mean);
    }
    return means.length < 2 ? Double.NaN : highest;
  }

  /** Whether it prints as the highest does. */
  static boolean isHighest(Measured measured, double highest, Column column) {
    return measured
        .summary()
        .filter(m -> Double.isFinite(highest))
        .map(m -> StudyReport.number(m.mean(), column).equals(StudyReport.number(highest, column)))
        .orElse(false);
  }
}

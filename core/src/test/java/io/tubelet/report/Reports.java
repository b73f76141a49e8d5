package io.tubelet.report;

import java.util.ArrayList;
import java.util.List;

/** Made-up reports of a run that learns. */
final class Reports {

  private Reports() {}

  static StepReport at(long step, double loss) {
    return new StepReport(
        step, step / 100.0, loss, 1e-3, 0.5, 186, 0.03, 2, 0, step * 0.25, 2_000_000_000L);
  }

  /** A loss that falls from 1.05 towards 0.65 with some noise, one report each ten steps. */
  static List<StepReport> learning(int count) {
    var reports = new ArrayList<StepReport>();
    for (int i = 1; i <= count; i++) {
      double done = (double) i / count;
      double loss = 0.65 + 0.4 * Math.exp(-4 * done) + 0.02 * Math.sin(i * 2.7) * Math.cos(i * 1.3);
      double lr =
          done < 0.1 ? 1.2e-3 * done / 0.1 : 6e-4 * (1 + Math.cos(Math.PI * (done - 0.1) / 0.9));
      reports.add(
          new StepReport(
              10L * i,
              33 * done,
              loss,
              lr,
              1.5 * Math.exp(-2 * done) + 0.1 * Math.cos(i),
              180 + 8 * Math.sin(i * 0.9),
              0.03 + 0.02 * Math.sin(i * 0.5),
              i < 10 ? 2 : 1,
              0,
              i * 0.9,
              1_900_000_000L + (long) (1e8 * (1 - Math.exp(-9 * done)))));
    }
    return reports;
  }
}

package io.tubelet.report;

import io.tubelet.evaluate.Accuracy;
import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Confusion;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Prediction;
import io.tubelet.report.Page.Tone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a page tells of an evaluation. */
final class EvaluationSections {

  private static final int PAIRS = 25;
  private static final int MISSING = 200;

  private final Evaluation e;
  private final ShownEvaluation shown;

  EvaluationSections(ShownEvaluation shown) {
    this.shown = shown;
    this.e = shown.evaluation();
  }

  /** Good where the interval lies above always giving the most frequent answer. */
  Tone tone() {
    if (e.results().isEmpty()) {
      return Tone.OPEN;
    }
    return e.top1().low() > e.majorityShare()
        ? Tone.GOOD
        : e.top1().high() < e.majorityShare() ? Tone.BAD : Tone.OPEN;
  }

  /** The result with all that it depends on. */
  String sentence() {
    if (e.results().isEmpty()) {
      return "No clip was evaluated, of %d listed.".formatted(e.listed());
    }
    return "Top-1 %s (95 %% interval %s) on %s, %s views each; always answering the most frequent class gives %s."
        .formatted(
            ProgressLine.percent(e.top1().share()),
            interval(e.top1()),
            e.missing().isEmpty()
                ? "all %s listed clips".formatted(count(e.listed()))
                : "%s of %s listed clips".formatted(count(e.results().size()), count(e.listed())),
            e.views(),
            ProgressLine.percent(e.majorityShare()));
  }

  Map<String, String> figures() {
    var figures = new LinkedHashMap<String, String>();
    put(figures, "Top-1", e.top1());
    if (e.classes().size() > 5) {
      put(figures, "Top-5", e.top5());
    }
    figures.put("Mean of classes", ProgressLine.percent(e.meanClassAccuracy()));
    figures.put("Log-loss", ProgressLine.fixed(e.logLoss(), 3));
    figures.put("Most frequent class", ProgressLine.percent(e.majorityShare()));
    figures.put(
        "Evaluated",
        e.missing().isEmpty()
            ? "all " + count(e.listed())
            : "%s of %s".formatted(count(e.results().size()), count(e.listed())));
    figures.put("Views", e.views());
    figures.put("Classes", String.valueOf(e.classes().size()));
    figures.put("Evaluation time", ProgressLine.duration(e.seconds()));
    return figures;
  }

  /** Adds the sections, from the overview to the single clip. */
  void addTo(Page page) {
    if (!e.results().isEmpty()) {
      page.section(
          "Confusion matrix",
          Page.note(ConfusionMap.note(e.classes().size()))
              + "<div class=\"map\">"
              + new ConfusionMap(e.confusion(), e.classes()).svg()
              + "</div>\n");
      confusedPairs(page);
      page.section("Accuracy of each class", new ClassBars(e).html());
      hardestClips(page);
    }
    missing(page);
  }

  private void confusedPairs(Page page) {
    List<Confusion> pairs = e.confusion().mostConfused(PAIRS);
    page.section(
        "Most confused pairs",
        pairs.isEmpty()
            ? Page.note("No clip was taken for another class.")
            : Page.table(
                List.of("Class", "Taken for", "Clips", "Of the class"),
                pairs.stream()
                    .map(
                        p ->
                            List.of(
                                name(p.label()),
                                name(p.predicted()),
                                "%d of %d".formatted(p.clips(), p.of()),
                                ProgressLine.percent(p.share())))
                    .toList()));
  }

  private void hardestClips(Page page) {
    var html =
        new StringBuilder(
            Page.note(
                "The clips with the highest log-loss; in brackets the probability of a class."));
    html.append("<div class=\"figures\">\n");
    for (ClipResult clip : shown.hardest()) {
      html.append("<figure>");
      byte[] frames = shown.frames().get(clip.name());
      if (frames != null) {
        html.append(Page.image(new RunSummary.Picture("", clip.name(), frames)));
      }
      html.append("<figcaption><strong>")
          .append(Html.escape(name(clip.label())))
          .append("</strong>")
          .append(Html.escape(verdict(clip)))
          .append("<br><span class=\"file\">")
          .append(Html.escape(clip.name()))
          .append("</span></figcaption></figure>\n");
    }
    page.section("Hardest clips", html.append("</div>\n").toString());
  }

  /** What goes after the clip's class. */
  private String verdict(ClipResult clip) {
    Prediction p = clip.prediction();
    String own = probability(p.probability(clip.label()));
    return p.best() == clip.label()
        ? " (%s), right; log-loss %s".formatted(own, ProgressLine.fixed(clip.logLoss(), 2))
        : " (%s) taken for %s (%s); place %d, log-loss %s"
            .formatted(
                own,
                name(p.best()),
                probability(p.probability(p.best())),
                p.rank(clip.label()),
                ProgressLine.fixed(clip.logLoss(), 2));
  }

  private void missing(Page page) {
    if (e.missing().isEmpty()) {
      return;
    }
    int more = e.missing().size() - MISSING;
    page.section(
        "Not evaluated",
        Page.note(
                "%d of %d listed clips; the numbers above do not count them."
                    .formatted(e.missing().size(), e.listed()))
            + Page.table(
                List.of("Clip", "Reason"),
                e.missing().stream()
                    .limit(MISSING)
                    .map(m -> List.of(m.name(), m.reason()))
                    .toList())
            + (more > 0 ? Page.note("and %d more.".formatted(more)) : ""));
  }

  private String name(int label) {
    return e.classes().get(label);
  }

  private static void put(Map<String, String> figures, String name, Accuracy a) {
    figures.put(name, ProgressLine.percent(a.share()));
    figures.put(name + ", 95 % interval", interval(a) + " %");
  }

  private static String count(int clips) {
    return String.format(Locale.ROOT, "%,d", clips);
  }

  private static String interval(Accuracy a) {
    return "%s to %s"
        .formatted(ProgressLine.fixed(100 * a.low(), 1), ProgressLine.fixed(100 * a.high(), 1));
  }

  private static String probability(double p) {
    return p >= 0.001 ? ProgressLine.fixed(p, 3) : String.format(Locale.ROOT, "%.0e", p);
  }
}

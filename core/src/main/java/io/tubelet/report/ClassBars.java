package io.tubelet.report;

import io.tubelet.evaluate.Accuracy;
import io.tubelet.evaluate.ClassAccuracy;
import io.tubelet.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The accuracy of each class as a list of bars, best first; a grey stretch is the 95 % interval.
 * Where there are many classes the worst are shown, worst first, and the whole list is folded.
 */
final class ClassBars {

  private static final int MOST_UNFOLDED = 40;
  private static final int WORST = 20;
  private static final int NAMED_WITHOUT_CLIPS = 10;

  private static final Comparator<ClassAccuracy> BEST_FIRST =
      Comparator.comparingDouble((ClassAccuracy c) -> c.accuracy().share())
          .reversed()
          .thenComparingInt(ClassAccuracy::label);

  private final List<String> names;
  private final List<ClassAccuracy> ranked;
  private final List<ClassAccuracy> empty;

  ClassBars(Evaluation evaluation) {
    names = evaluation.classes();
    ranked = new ArrayList<>();
    empty = new ArrayList<>();
    evaluation.perClass().forEach(c -> (c.accuracy().clips() > 0 ? ranked : empty).add(c));
    ranked.sort(BEST_FIRST);
  }

  String html() {
    var html = new StringBuilder();
    html.append(Page.note("Top-1 of each class; the grey stretch is the 95 % interval."));
    if (ranked.size() <= MOST_UNFOLDED) {
      html.append(bars(ranked));
    } else {
      var worst = new ArrayList<>(ranked.subList(ranked.size() - WORST, ranked.size()));
      Collections.reverse(worst);
      html.append("<h3>The %d worst</h3>\n".formatted(WORST))
          .append(bars(worst))
          .append("<details><summary>All %d classes</summary>\n".formatted(ranked.size()))
          .append(bars(ranked))
          .append("</details>\n");
    }
    if (!empty.isEmpty()) {
      html.append(Page.note(withoutClips()));
    }
    return html.toString();
  }

  private String withoutClips() {
    String some =
        empty.stream()
            .limit(NAMED_WITHOUT_CLIPS)
            .map(c -> names.get(c.label()))
            .collect(Collectors.joining(", "));
    int more = empty.size() - NAMED_WITHOUT_CLIPS;
    return "No clip was evaluated of " + some + (more > 0 ? " and %d more.".formatted(more) : ".");
  }

  private String bars(List<ClassAccuracy> classes) {
    var html = new StringBuilder("<ul class=\"bars\">\n");
    for (ClassAccuracy c : classes) {
      Accuracy a = c.accuracy();
      String name = Html.escape(names.get(c.label()));
      html.append("<li><span class=\"who\" title=\"%s\">%s</span>".formatted(name, name))
          .append("<span class=\"bar\"><i style=\"width:%s%%\"></i>".formatted(percent(a.share())))
          .append(
              "<b style=\"left:%s%%;width:%s%%\"></b></span>"
                  .formatted(percent(a.low()), percent(a.high() - a.low())))
          .append("<span class=\"much\">%s</span>".formatted(ProgressLine.percent(a.share())))
          .append("<span class=\"of\">%d of %d</span></li>\n".formatted(a.correct(), a.clips()));
    }
    return html.append("</ul>\n").toString();
  }

  private static String percent(double share) {
    return ProgressLine.fixed(100 * share, 1);
  }
}

package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A data set as files: {@code statistics.html} to look at, and {@code statistics.json} for other
 * programs. Keys are added, never changed:
 *
 * <pre>{@code
 * statistics.json
 *   format          "tubelet-statistics-1"
 *   source, listed, read
 *   figures         {name: text}
 *   distributions   {name: {unit, count, least, lower-quartile, median, upper-quartile, largest, mean}}
 *   kinds           {property: {kind: videos}}
 *   broken          {video: reason}
 * }</pre>
 */
public final class DataSetReport {
  public static final String PAGE = "statistics.html";
  public static final String NUMBERS = "statistics.json";

  private static final int MOST_KINDS = 12;
  private static final int MOST_BROKEN = 50;

  private DataSetReport() {}

  /**
   * Writes both files, each as a whole.
   *
   * @param folder must exist
   */
  public static void write(DataSetSummary summary, Path folder) throws IOException {
    WholeFile.write(folder.resolve(NUMBERS), json(summary).getBytes(UTF_8));
    WholeFile.write(folder.resolve(PAGE), page(summary).getBytes(UTF_8));
  }

  static String page(DataSetSummary s) {
    boolean whole = s.broken().isEmpty();
    String sentence =
        whole
            ? "All %,d videos can be opened.".formatted(s.read())
            : "%,d of %,d videos cannot be opened.".formatted(s.broken().size(), s.listed());
    Page page = new Page("Data set", s.source(), whole ? Page.Tone.GOOD : Page.Tone.BAD, sentence);
    page.section("Key figures", Page.cards(s.figures()));
    page.section(
        "Distributions",
        Page.note("Below each picture: the least and the largest value, the median and the mean.")
            + Page.charts(
                s.distributions().stream()
                    .filter(d -> d.count() > 0)
                    .map(d -> d.histogram().svg())
                    .toList()));
    s.kinds().forEach((property, kinds) -> page.section(property, kinds(kinds, s.read())));
    if (!whole) {
      page.section("Cannot be opened", broken(s.broken()));
    }
    return page.html();
  }

  private static String kinds(Map<String, Integer> kinds, int videos) {
    List<List<String>> rows =
        kinds.entrySet().stream()
            .limit(MOST_KINDS)
            .map(
                kind ->
                    List.of(
                        kind.getKey(),
                        "%,d".formatted(kind.getValue()),
                        ProgressLine.percent((double) kind.getValue() / Math.max(1, videos))))
            .toList();
    String table = Page.table(List.of("", "videos", "share"), rows);
    int more = kinds.size() - MOST_KINDS;
    return more > 0 ? table + Page.note("and %d more kinds".formatted(more)) : table;
  }

  private static String broken(Map<String, String> broken) {
    String table =
        Page.table(
            List.of("video", "reason"),
            broken.entrySet().stream()
                .limit(MOST_BROKEN)
                .map(b -> List.of(b.getKey(), b.getValue()))
                .toList());
    int more = broken.size() - MOST_BROKEN;
    return more > 0
        ? table + Page.note("and %,d more, all of them in %s".formatted(more, NUMBERS))
        : table;
  }

  static String json(DataSetSummary s) {
    ObjectNode json = JsonLines.JSON.createObjectNode();
    json.put("format", "tubelet-statistics-1");
    json.put("source", s.source()).put("listed", s.listed()).put("read", s.read());
    ObjectNode figures = json.putObject("figures");
    s.figures().forEach(figures::put);
    ObjectNode distributions = json.putObject("distributions");
    for (Distribution d : s.distributions()) {
      ObjectNode one = distributions.putObject(d.name());
      one.put("unit", d.unit()).put("count", d.count());
      JsonLines.putFinite(one, "least", d.quantile(0));
      JsonLines.putFinite(one, "lower-quartile", d.quantile(0.25));
      JsonLines.putFinite(one, "median", d.quantile(0.5));
      JsonLines.putFinite(one, "upper-quartile", d.quantile(0.75));
      JsonLines.putFinite(one, "largest", d.quantile(1));
      JsonLines.putFinite(one, "mean", d.mean());
    }
    ObjectNode kinds = json.putObject("kinds");
    s.kinds()
        .forEach(
            (property, counts) -> {
              ObjectNode one = kinds.putObject(property);
              counts.forEach(one::put);
            });
    ObjectNode broken = json.putObject("broken");
    s.broken().forEach(broken::put);
    try {
      return JsonLines.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }
}

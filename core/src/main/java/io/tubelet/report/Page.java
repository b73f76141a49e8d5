package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One HTML file that needs nothing else, put together section by section: no network, no script,
 * pictures and styles inside. It follows the reader's light or dark theme and reads on a phone.
 */
final class Page {

  /** What the sentence at the head of a page amounts to. */
  enum Tone {
    OPEN,
    GOOD,
    BAD
  }

  private final StringBuilder html = new StringBuilder();

  /** A page with its head: what it is about, and the one sentence to take away. */
  Page(String title, String subtitle, Tone tone, String sentence) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<title>")
        .append(Html.escape(title))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n")
        .append("<header>\n<h1>")
        .append(Html.escape(title))
        .append("</h1>\n<p class=\"sub\">")
        .append(Html.escape(subtitle))
        .append("</p>\n<p class=\"verdict ")
        .append(tone.name().toLowerCase(Locale.ROOT))
        .append("\">")
        .append(Html.escape(sentence))
        .append("</p>\n</header>\n");
  }

  /** Adds a section; {@code content} is HTML. */
  void section(String heading, String content) {
    html.append("<section>\n<h2>")
        .append(Html.escape(heading))
        .append("</h2>\n")
        .append(content)
        .append("</section>\n");
  }

  /** The whole file. */
  String html() {
    return html + "</main>\n</body>\n</html>\n";
  }

  /** A quiet line of text. */
  static String note(String text) {
    return "<p class=\"note\">" + Html.escape(text) + "</p>\n";
  }

  /** Key figures, name to value. */
  static String cards(Map<String, String> figures) {
    var html = new StringBuilder("<dl class=\"cards\">\n");
    figures.forEach(
        (name, value) ->
            html.append("<div><dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd></div>\n"));
    return html.append("</dl>\n").toString();
  }

  /** Facts, name to value, a row each. */
  static String facts(Map<String, String> facts) {
    var html = new StringBuilder("<div class=\"scroll\"><table>\n");
    facts.forEach(
        (name, value) ->
            html.append("<tr><th scope=\"row\">")
                .append(Html.escape(name))
                .append("</th><td>")
                .append(Html.escape(value))
                .append("</td></tr>\n"));
    return html.append("</table></div>\n").toString();
  }

  /** A table of text. */
  static String table(List<String> heads, List<List<String>> rows) {
    var html = new StringBuilder("<div class=\"scroll\"><table>\n<tr>");
    heads.forEach(head -> html.append("<th>").append(Html.escape(head)).append("</th>"));
    html.append("</tr>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(Html.escape(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  /** A chart over the whole width. */
  static String wide(String svg) {
    return "<div class=\"chart wide\">%s</div>\n".formatted(svg);
  }

  /** Small charts, side by side where there is room. */
  static String charts(List<String> svgs) {
    var html = new StringBuilder("<div class=\"charts\">\n");
    svgs.forEach(svg -> html.append("<div class=\"chart\">").append(svg).append("</div>\n"));
    return html.append("</div>\n").toString();
  }

  /** A picture with its caption below; the file is part of the page. */
  static String figure(RunSummary.Picture p) {
    return "<figure>"
        + image(p)
        + "<figcaption>"
        + Html.escape(p.caption())
        + "</figcaption></figure>\n";
  }

  static String image(RunSummary.Picture p) {
    return "<div class=\"scroll\"><img alt=\""
        + Html.escape(p.caption())
        + "\" src=\"data:"
        + p.mediaType()
        + ";base64,"
        + Base64.getEncoder().encodeToString(p.file())
        + "\"></div>\n";
  }

  private static String style() {
    try (InputStream css = Page.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing from the class path");
      }
      return new String(css.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.tubelet.report;

/** Text made safe for HTML and for attributes in double quotes. */
final class Html {

  private Html() {}

  static String escape(String text) {
    var safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> {
          // Control characters have no place in HTML, and file names may hold any.
          safe.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
        }
      }
    }
    return safe.toString();
  }
}

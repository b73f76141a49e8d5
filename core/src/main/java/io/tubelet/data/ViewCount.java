package io.tubelet.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many views of a video a test averages over, written {@code 5x3}.
 *
 * @param clips along time, K
 * @param crops of a picture: 1, the middle, or 3 along its long side
 */
public record ViewCount(int clips, int crops) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\s*[xX×]\\s*(\\d{1,4})");

  public ViewCount {
    if (clips < 1) {
      throw new IllegalArgumentException(
          "views.number must have at least one clip, got %dx%d".formatted(clips, crops));
    }
    if (crops != 1 && crops != 3) {
      throw new IllegalArgumentException(
          "views.number must have 1 or 3 crops, got %dx%d".formatted(clips, crops));
    }
  }

  /** Reads {@code 5x3}: five clips, three crops of each. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ViewCount parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a number of views; write clips x crops, such as 5x3 or 1x1".formatted(text));
    }
    return new ViewCount(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /** All views of a video. */
  public int total() {
    return clips * crops;
  }

  /** As {@link #parse} reads it. */
  @JsonValue
  @Override
  public String toString() {
    return clips + "x" + crops;
  }
}

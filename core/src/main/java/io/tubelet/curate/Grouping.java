package io.tubelet.curate;

import io.tubelet.data.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the name of a video which source it comes from. Clips of one source look alike, so a
 * division that puts them on both sides measures memory instead of recognition.
 */
public sealed interface Grouping {

  /**
   * The source of a video; null where the name does not tell.
   *
   * @param video its name in the list, with {@code /} between folders
   */
  @Nullable String group(String video);

  /** In words, for a message. */
  String describe();

  /** Reads what is written on the command line: a word, or a regular expression. */
  static Grouping parse(String text) {
    return switch (text) {
      case "auto" -> new KnownNames();
      case "folder" -> new ByFolder();
      case "clip" -> new ByClip();
      default -> ByPattern.parse(text);
    };
  }

  /**
   * The videos of each group, in the order of the list.
   *
   * @throws DataException naming the first video that belongs to no group
   */
  default Map<String, List<ListedVideo>> groups(List<ListedVideo> videos) throws DataException {
    Map<String, List<ListedVideo>> groups = new LinkedHashMap<>();
    List<String> without = new ArrayList<>();
    for (ListedVideo video : videos) {
      String group = group(video.name());
      if (group == null) {
        without.add(video.name());
      } else {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(video);
      }
    }
    if (!without.isEmpty()) {
      throw new DataException(
          "%d of %d videos belong to no group by %s, the first being %s; give --by folder, --by clip (each by itself) or a regular expression"
              .formatted(without.size(), videos.size(), describe(), without.get(0)));
    }
    return groups;
  }

  /** The name without folders and extension. */
  private static String stem(String video) {
    String last = video.substring(video.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }

  /** The folder in which a video lies; empty for none. */
  private static String folder(String video) {
    return video.contains("/") ? video.substring(0, video.lastIndexOf('/')) : "";
  }

  /** All videos of a folder are a group. */
  record ByFolder() implements Grouping {
    @Override
    public @Nullable String group(String video) {
      String folder = folder(video);
      return folder.isEmpty() ? null : folder;
    }

    @Override
    public String describe() {
      return "folder";
    }
  }

  /** Each video is a group of its own: for clips that have nothing to do with each other. */
  record ByClip() implements Grouping {
    @Override
    public String group(String video) {
      return video;
    }

    @Override
    public String describe() {
      return "clip";
    }
  }

  /**
   * What a regular expression finds in the name: its capturing groups together, or all of the match
   * where it has none.
   */
  record ByPattern(Pattern pattern) implements Grouping {
    static ByPattern parse(String text) {
      try {
        return new ByPattern(Pattern.compile(text));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "--by must be auto, folder, clip, column:NAME or a regular expression, and '%s' is none: %s"
                .formatted(text, e.getDescription()));
      }
    }

    @Override
    public @Nullable String group(String video) {
      Matcher found = pattern.matcher(video);
      if (!found.find()) {
        return null;
      }
      if (found.groupCount() == 0) {
        return found.group();
      }
      StringBuilder captured = new StringBuilder();
      for (int i = 1; i <= found.groupCount(); i++) {
        captured.append(i == 1 ? "" : "|").append(found.group(i));
      }
      return captured.toString();
    }

    @Override
    public String describe() {
      return "'" + pattern + "'";
    }
  }

  /**
   * The names of known data sets: UCF101 and J-HMDB ({@code v_Archery_g08_c01}: the number behind
   * {@code g}, in all classes at once, as the official splits divide them), HMDB51 ({@code
   * TITLE_brush_hair_u_nm_np1_ba_goo_0}: the title) and Kinetics ({@code ID_000084_000094}: the
   * video).
   */
  record KnownNames() implements Grouping {
    private static final Pattern UCF = Pattern.compile(".*_g(\\d+)_c\\d+");
    private static final Pattern HMDB =
        Pattern.compile("(.+)_[fhul]_[nc]m_np\\d+_(?:ba|fr|le|ri)_(?:bad|med|goo)_\\d+");
    private static final Pattern KINETICS = Pattern.compile("(.{11})_\\d{6}_\\d{6}");

    @Override
    public @Nullable String group(String video) {
      String stem = stem(video);
      Matcher ucf = UCF.matcher(stem);
      if (ucf.matches()) {
        return "g" + ucf.group(1);
      }
      Matcher hmdb = HMDB.matcher(stem);
      if (hmdb.matches()) {
        return title(hmdb.group(1), folder(video));
      }
      Matcher kinetics = KINETICS.matcher(stem);
      return kinetics.matches() ? kinetics.group(1) : null;
    }

    /** Without the class, which is the folder's name: a film has clips of many classes. */
    private static String title(String titleAndClass, String folder) {
      String end = "_" + folder.substring(folder.lastIndexOf('/') + 1);
      return titleAndClass.endsWith(end)
          ? titleAndClass.substring(0, titleAndClass.length() - end.length())
          : titleAndClass;
    }

    @Override
    public String describe() {
      return "the names of UCF101, HMDB51 or Kinetics";
    }
  }
}

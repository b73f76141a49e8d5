package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import io.tubelet.data.VideoList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotation tables of Kinetics-400, -600 and -700.
 *
 * <pre>{@code
 * label,youtube_id,time_start,time_end,split,is_cc
 * testifying,---QUuC4vJs,84,94,validate,0
 * }</pre>
 *
 * <p>The clip is {@code ---QUuC4vJs_000084_000094.mp4} or {@code ---QUuC4vJs.mp4}, beside the table
 * or one folder above it, as it is or in folders of the split, of the class (with blanks or with
 * underscores), or of both. Without a class list, labels follow the alphabet of the table's names.
 */
final class Kinetics {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.0*)?");

  private final List<String> header;

  private Kinetics(List<String> header) {
    this.header = header;
  }

  /** A stretch of a video, as the table has it; the split may be empty. */
  private record Segment(
      String place, String label, String youtubeId, int start, int end, String split) {

    String name() {
      return "%s_%06d_%06d".formatted(youtubeId, start, end);
    }
  }

  static boolean isHeader(String line) {
    return CsvFields.of(line).containsAll(List.of("youtube_id", "time_start", "time_end"));
  }

  static Listing read(Path table, @Nullable ClassNames given, ReadOptions options)
      throws IOException {
    if (!Files.isRegularFile(table)) {
      throw new DataException(table + ": not a table; give Kinetics' train.csv, val.csv or such");
    }
    List<Segment> segments = segments(table);
    ClassIndex index = new ClassIndex(given == null ? classesOf(segments) : given);
    Path folder = VideoList.folderOf(table);
    VideoTree videos = VideoTree.of(options.videos(), List.of(folder, VideoList.folderOf(folder)));
    List<Listing.Clip> clips = new ArrayList<>();
    for (Segment segment : segments) {
      int label = index.label(segment.label(), segment.place());
      clips.add(new Listing.Clip(segment.place(), segment.name(), find(videos, segment), label));
    }
    return new Listing(index.classes(), clips);
  }

  private static List<Segment> segments(Path table) throws IOException {
    List<ListLine> lines = ListLine.read(table);
    if (lines.isEmpty() || !isHeader(lines.get(0).text())) {
      throw new DataException(
          table + ", line 1: must be Kinetics' header label,youtube_id,time_start,time_end,split");
    }
    List<String> header = CsvFields.of(lines.get(0).text());
    if (!header.contains("label")) {
      throw lines.get(0).error("has no column label, so the clips cannot be scored");
    }
    Kinetics reader = new Kinetics(header);
    List<Segment> segments = new ArrayList<>();
    for (ListLine line : lines.subList(1, lines.size())) {
      segments.add(reader.segment(line));
    }
    if (segments.isEmpty()) {
      throw new DataException(table + ": the table has a header and no clip");
    }
    return segments;
  }

  private Segment segment(ListLine line) throws DataException {
    List<String> fields = CsvFields.of(line.text());
    if (fields.size() != header.size()) {
      throw line.error("has %d fields, the header %d".formatted(fields.size(), header.size()));
    }
    String label = fields.get(header.indexOf("label"));
    String youtubeId = fields.get(header.indexOf("youtube_id"));
    if (label.isEmpty() || youtubeId.isEmpty()) {
      throw line.error("label and youtube_id must not be empty");
    }
    int start = seconds(line, fields, "time_start");
    int end = seconds(line, fields, "time_end");
    String split = header.contains("split") ? fields.get(header.indexOf("split")) : "";
    return new Segment(line.place(), label, youtubeId, start, end, split);
  }

  private int seconds(ListLine line, List<String> fields, String column) throws DataException {
    String text = fields.get(header.indexOf(column));
    if (!SECONDS.matcher(text).matches()) {
      throw line.error("%s must be whole seconds, got '%s'".formatted(column, text));
    }
    return (int) Double.parseDouble(text);
  }

  private static ClassNames classesOf(List<Segment> segments) {
    Set<String> names = new TreeSet<>();
    segments.forEach(segment -> names.add(segment.label()));
    return new ClassNames(List.copyOf(names));
  }

  private static @Nullable Path find(VideoTree videos, Segment segment) throws IOException {
    List<String> folders = new ArrayList<>();
    for (String part : partFolders(segment.split())) {
      folders.add(part + segment.label());
      folders.add(part + segment.label().replace(' ', '_'));
      folders.add(part);
    }
    Path trimmed = videos.find(folders, segment.name());
    return trimmed != null ? trimmed : videos.find(folders, segment.youtubeId());
  }

  /** The tables say {@code validate} where most copies of the videos say {@code val}. */
  private static List<String> partFolders(String split) {
    if (split.isEmpty()) {
      return List.of("");
    }
    return split.toLowerCase(Locale.ROOT).startsWith("val")
        ? List.of("", "val/", "validate/", "validation/")
        : List.of("", split + "/");
  }
}

package io.tubelet.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.measure.Windows.Visit;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoReader;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The windows that were read, so that other programs can read the same, and a few pixels of our
 * frames, so that they can be compared:
 *
 * <pre>{@code
 * windows.json
 *   format                       "tubelet-windows-1"
 *   sets                         [set]
 *
 * set
 *   name                         "files" of data.json
 *   files                        [path]
 *   windows                      [{file: number in files, frames: [number]}]
 *   samples                      [{window: number in windows, first, count, rows, columns, rgb}]
 * }</pre>
 *
 * <p>A sample has every frame from a little before a window to a little after it, {@code count} of
 * them from number {@code first} on. {@code rgb} is {@code [count, rows, columns, 3]} in Base64:
 * the pixels at row {@code i * height / rows} and column {@code j * width / columns}.
 *
 * @param sets one for each set of files that was decoded
 */
record WindowsJson(List<Windows> sets, int count, OpenOptions open) {
  private static final int SAMPLES = 3;
  private static final int AROUND = 3;
  private static final int ROWS = 18;
  private static final int COLUMNS = 32;

  /** The file's text; a few windows are read again for it. */
  String text() throws IOException {
    ObjectNode json = BenchJson.node();
    json.put("format", "tubelet-windows-1");
    for (Windows windows : sets) {
      json.withArray("sets").add(of(windows));
    }
    return BenchJson.text(json);
  }

  private ObjectNode of(Windows windows) throws IOException {
    ObjectNode json = BenchJson.node();
    json.put("name", windows.set().name());
    ArrayNode files = json.putArray("files");
    windows.set().videos().forEach(video -> files.add(video.file().toAbsolutePath().toString()));
    for (int number = 0; number < count; number++) {
      Visit visit = windows.visit(number);
      ObjectNode window = json.withArray("windows").addObject();
      window.put("file", windows.set().videos().indexOf(visit.video()));
      ArrayNode frames = window.putArray("frames");
      Arrays.stream(visit.windows().get(0)).forEach(frames::add);
      if (number < SAMPLES) {
        json.withArray("samples").add(sample(number, visit));
      }
    }
    return json;
  }

  private ObjectNode sample(int number, Visit visit) throws IOException {
    int[] frames = visit.windows().get(0);
    int first = Math.max(0, frames[0] - AROUND);
    int last = Math.min(visit.video().info().frames() - 1, frames[frames.length - 1] + AROUND);
    byte[] rgb = new byte[(last - first + 1) * ROWS * COLUMNS * ClipShape.CHANNELS];
    try (VideoReader reader = Videos.open(visit.video().file(), DecodeOptions.NATIVE, open)) {
      int[] all = IntStream.rangeClosed(first, last).toArray();
      reader.each(all, (t, frame) -> pick(frame, rgb, t - first));
    }
    return BenchJson.node()
        .put("window", number)
        .put("first", first)
        .put("count", last - first + 1)
        .put("rows", ROWS)
        .put("columns", COLUMNS)
        .put("rgb", Base64.getEncoder().encodeToString(rgb));
  }

  private static void pick(Frames frame, byte[] rgb, int place) {
    int to = place * ROWS * COLUMNS * ClipShape.CHANNELS;
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < COLUMNS; j++, to += ClipShape.CHANNELS) {
        int pixel = i * frame.height() / ROWS * frame.width() + j * frame.width() / COLUMNS;
        System.arraycopy(frame.rgb(), pixel * ClipShape.CHANNELS, rgb, to, ClipShape.CHANNELS);
      }
    }
  }
}

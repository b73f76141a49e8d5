package io.tubelet.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Results for other programs. Keys are added, never changed:
 *
 * <pre>{@code
 * data.json
 *   format                       "tubelet-data-1"
 *   tubelet, java                versions
 *   machine                      {cpu, os, cores, memory-bytes, threads}
 *   frames, stride               of a window
 *   size, short-side, batch      as on the command line
 *   index-cache                  auto, off or a folder
 *   windows                      read in each measurement
 *   warm-up, repeats             measurements of each case
 *   cases                        [case]
 *
 * case
 *   name                         what distinguishes it from the others
 *   files                        name of the set; the one in windows.json
 *   codec, gop, width, height    of files that were written for this; else missing
 *   videos, unreadable           how many files were read, and left out
 *   work                         "decode" or "load"
 *   workers, repeated-sampling
 *   clips                        of a measurement
 *   clips-per-second             {median, least, most, all: [...]}
 *   frames-per-second            of clips, from the median
 *   processor-ms-per-clip        {median, least, most, all: [...]}, all threads
 * }</pre>
 */
public record LoadingJson(LoadingResults results) {

  /** The file's text. */
  public String text() {
    LoadingSettings settings = results.settings();
    ObjectNode json =
        BenchJson.begin("tubelet-data-1", settings.machine(), settings.machine().cores());
    json.put("frames", settings.frames());
    json.put("stride", settings.stride());
    json.put("size", settings.side());
    json.put("short-side", settings.shortSide());
    json.put("batch", settings.batch());
    json.put("index-cache", settings.open().indexCache());
    json.put("windows", settings.windows());
    json.put("warm-up", settings.warmUp());
    json.put("repeats", settings.repeats());
    results.all().forEach(result -> json.withArray("cases").add(of(result)));
    return BenchJson.text(json);
  }

  private ObjectNode of(LoadingResult result) {
    ObjectNode json = BenchJson.node();
    LoadingCase loading = result.loading();
    json.put("name", results.name(result));
    json.put("files", loading.films().name());
    if (loading.films() instanceof WrittenFilms films) {
      json.put("codec", films.codecName());
      json.put("gop", films.gop());
      json.put("width", films.size().width());
      json.put("height", films.size().height());
    }
    json.put("videos", result.videos());
    json.put("unreadable", result.unreadable());
    json.put("work", loading.work().name().toLowerCase(Locale.ROOT));
    json.put("workers", loading.workers());
    json.put("repeated-sampling", loading.repeats());
    json.put("clips", result.timings().get(0).clips());
    BenchJson.putSpread(json, "clips-per-second", result.allClipsPerSecond());
    json.put("frames-per-second", results.framesPerSecond(result));
    BenchJson.putSpread(json, "processor-ms-per-clip", result.allProcessorMillisPerClip());
    return json;
  }
}

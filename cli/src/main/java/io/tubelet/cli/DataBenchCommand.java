package io.tubelet.cli;

import io.tubelet.clip.Size;
import io.tubelet.machine.Machine;
import io.tubelet.measure.Films;
import io.tubelet.measure.GivenFilms;
import io.tubelet.measure.LoadingBench;
import io.tubelet.measure.LoadingCase;
import io.tubelet.measure.LoadingFiles;
import io.tubelet.measure.LoadingResult;
import io.tubelet.measure.LoadingResults;
import io.tubelet.measure.LoadingSettings;
import io.tubelet.measure.LoadingTable;
import io.tubelet.measure.MemoryBench;
import io.tubelet.measure.MemoryCourse;
import io.tubelet.measure.MemorySample;
import io.tubelet.measure.Work;
import io.tubelet.measure.WrittenFilms;
import io.tubelet.train.StopSignal;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Speed and memory of loading. */
@Command(
    name = "data",
    description =
        "Measure how quickly random windows of videos are read: of your files, or of files written"
            + " for it. Options with several values, separated by commas, are combined.",
    footer = {
      "",
      "Examples:",
      "  tubelet bench data",
      "  tubelet bench data --data videos/ --workers 1,2 --repeated-sampling 1,2,4",
      "  tubelet bench data --codec h264,mjpeg --gop 1,12,250 --resolution 320x240 --work decode",
      "  tubelet bench data --resolution 128x96 --work decode --windows 100000 --memory"
    })
final class DataBenchCommand implements Callable<Integer> {
  private static final int FILES_WRITTEN = 4;
  private static final int FILES_GIVEN = 64;

  @Mixin private BenchOptions bench;

  @Option(
      names = "--data",
      split = ",",
      paramLabel = "DIR_OR_LIST",
      description = "Your videos: folders, lists, shards or single files.")
  private @Nullable List<Path> data;

  @Option(
      names = "--codec",
      split = ",",
      defaultValue = "h264",
      paramLabel = "CODEC",
      description = "Of files that are written: h264, mpeg4, mjpeg.")
  private List<VideoCodec> codecs;

  @Option(
      names = "--gop",
      split = ",",
      defaultValue = "12,250",
      paramLabel = "N",
      description = "Of files that are written: frames from one key frame to the next.")
  private List<Integer> gops;

  @Option(
      names = "--resolution",
      split = ",",
      defaultValue = "320x240,1280x720",
      paramLabel = "WxH",
      description = "Of files that are written: width x height.")
  private List<Size> resolutions;

  @Option(
      names = "--film-frames",
      defaultValue = "300",
      paramLabel = "N",
      description = "Of files that are written: their length, 30 a second.")
  private int filmFrames;

  @Option(
      names = "--files",
      paramLabel = "N",
      description =
          "How many files of each kind are written (default: 4), or read of each --data, evenly"
              + " spread (default: 64).")
  private @Nullable Integer files;

  @Option(
      names = "--work",
      split = ",",
      defaultValue = "decode,load",
      paramLabel = "WHAT",
      description =
          "decode: windows to RGB frames; load: clips cut, resized and put into the batch, by the"
              + " loader of pre-training.")
  private List<Work> works;

  @Option(
      names = "--workers",
      split = ",",
      defaultValue = "1",
      paramLabel = "N",
      description = "Threads that read.")
  private List<Integer> workers;

  @Option(
      names = "--repeated-sampling",
      split = ",",
      defaultValue = "1",
      paramLabel = "N",
      description = "Clips made of a video each time it is opened.")
  private List<Integer> repeats;

  @Option(
      names = "--frames",
      defaultValue = "16",
      paramLabel = "N",
      description = "Frames of a window.")
  private int frames;

  @Option(
      names = "--stride",
      defaultValue = "4",
      paramLabel = "N",
      description = "Frames from one of them to the next.")
  private int stride;

  @Option(
      names = "--size",
      defaultValue = "224",
      paramLabel = "N",
      description = "Side of a clip's picture in pixels.")
  private int side;

  @Option(
      names = "--short-side",
      defaultValue = "0",
      paramLabel = "N",
      description = "What loading scales videos to while they are decoded; 0: nothing.")
  private int shortSide;

  @Option(
      names = "--batch",
      defaultValue = "8",
      paramLabel = "N",
      description = "Clips of a batch.")
  private int batch;

  @Option(
      names = "--windows",
      defaultValue = "40",
      paramLabel = "N",
      description = "Windows, or clips, of a measurement.")
  private int windows;

  @Option(
      names = "--index-cache",
      defaultValue = OpenOptions.AUTO,
      paramLabel = "WHERE",
      description = "Where it is kept what was learnt of a file: auto, off, or a folder.")
  private String indexCache;

  @Option(
      names = "--memory",
      description = "Watch memory over all windows, each read once, in place of speed.")
  private boolean memory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadingSettings settings;
    List<LoadingCase> cases;
    try {
      settings = settings();
      cases = cases();
      cases.forEach(settings::requireFits);
    } catch (IllegalArgumentException wrong) {
      throw BenchOptions.named(wrong);
    }
    try (Interruption interruption = new Interruption("what was measured is written")) {
      StopSignal stop = interruption.signal();
      boolean done =
          memory ? watchMemory(cases, settings, stop) : measureSpeed(cases, settings, stop);
      spec.commandLine().getOut().flush(); // before a shutdown that waits for us goes on
      return done ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  private boolean measureSpeed(List<LoadingCase> cases, LoadingSettings settings, StopSignal stop)
      throws IOException, InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    LoadingFiles out = new LoadingFiles(bench.out());
    LoadingBench loading = new LoadingBench(settings, stop);
    List<Films> films = cases.stream().map(LoadingCase::films).distinct().toList();
    prepare(films, loading, stop, print);
    List<LoadingResult> results =
        BenchOptions.measure(
            cases,
            LoadingCase::describe,
            loading::measure,
            LoadingResult::describe,
            all -> out.write(new LoadingResults(settings, all)),
            stop::isRequested,
            print);
    if (results.isEmpty()) {
      print.println("No case was measured.");
      return false;
    }
    loading.writeWindows(films, out);
    print.println();
    print.print(new LoadingTable(new LoadingResults(settings, results)).text());
    print.println();
    print.println("Numbers: " + out.json());
    print.println("Picture: " + out.picture());
    print.println("Windows: " + out.windows());
    return true;
  }

  /** Says which files are being made, which takes a while. */
  private static void prepare(
      List<Films> films, LoadingBench loading, StopSignal stop, PrintWriter print)
      throws IOException {
    for (Films one : films) {
      if (!stop.isRequested()) {
        print.print(one.name() + " ... ");
        print.flush();
        print.printf("%d files%n", loading.prepare(one));
      }
    }
  }

  private boolean watchMemory(List<LoadingCase> cases, LoadingSettings settings, StopSignal stop)
      throws IOException, InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    LoadingFiles out = new LoadingFiles(bench.out());
    MemoryBench watch = new MemoryBench(settings, stop);
    List<MemoryCourse> courses = new ArrayList<>();
    for (LoadingCase loading : cases) {
      if (stop.isRequested()) {
        break;
      }
      print.println(loading.describe());
      courses.add(watch.watch(loading, sample -> show(sample, print)));
      print.println(courses.get(courses.size() - 1).describe());
      out.writeMemory(settings, courses);
    }
    print.println();
    print.println("Numbers: " + out.memory());
    return !courses.isEmpty();
  }

  private static void show(MemorySample sample, PrintWriter print) {
    print.println(sample.describe());
    print.flush();
  }

  private LoadingSettings settings() {
    return new LoadingSettings(
        frames,
        stride,
        side,
        shortSide,
        batch,
        windows,
        bench.warmUp(),
        bench.repeat(),
        OpenOptions.DEFAULT.withIndexCache(indexCache),
        Machine.detect());
  }

  /** Every combination, once; what is chosen first changes fastest. */
  private List<LoadingCase> cases() {
    Set<LoadingCase> cases = new LinkedHashSet<>();
    List<Films> films = films();
    Combination next = new Combination();
    do {
      int clips = next.of(repeats);
      int threads = next.of(workers);
      Work work = next.of(works);
      cases.add(new LoadingCase(next.of(films), work, threads, clips));
    } while (next.advance());
    return List.copyOf(cases);
  }

  private List<Films> films() {
    if (data != null) {
      int most = files == null ? FILES_GIVEN : files;
      return data.stream().<Films>map(source -> new GivenFilms(source, most)).toList();
    }
    int count = files == null ? FILES_WRITTEN : files;
    List<Films> films = new ArrayList<>();
    Combination next = new Combination();
    do {
      int gop = next.of(gops);
      Size size = next.of(resolutions);
      films.add(
          new WrittenFilms(
              next.of(codecs), gop, size, count, filmFrames, bench.out().resolve("films")));
    } while (next.advance());
    return films;
  }
}

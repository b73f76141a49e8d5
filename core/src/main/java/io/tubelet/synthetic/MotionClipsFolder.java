package io.tubelet.synthetic;

import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of motion clips on disk.
 *
 * <p>Its marker says which set it holds. While clips are being written the marker has another name;
 * each clip appears complete or not at all, so an interrupted set is completed by writing the clips
 * that are missing.
 */
final class MotionClipsFolder {
  private static final String MARKER = "motion-clips.json";
  private static final String MARKER_WHILE_WRITING = "motion-clips.unfinished.json";
  private static final double FPS = 25;

  private final MotionClips set;
  private final Path folder;

  MotionClipsFolder(MotionClips set, Path folder) {
    this.set = set;
    this.folder = folder;
  }

  void prepare(IntConsumer progress) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path complete = folder.resolve(MARKER);
    Path writing = folder.resolve(MARKER_WHILE_WRITING);
    List<Integer> missing = missing();
    if (Files.exists(complete)) {
      requireSameSet(complete);
      if (missing.isEmpty()) {
        progress.accept(set.clips());
        return;
      }
      Files.move(complete, writing, StandardCopyOption.REPLACE_EXISTING);
    } else if (Files.exists(writing)) {
      requireSameSet(writing);
    } else {
      requireEmpty();
      Files.writeString(writing, marker());
    }
    for (Motion motion : MotionClips.CLASSES) {
      Files.createDirectories(folder.resolve(motion.label()));
    }
    writeClips(missing, progress);
    writeLists();
    Files.move(writing, complete, StandardCopyOption.ATOMIC_MOVE);
  }

  private String marker() {
    return """
        {
          "set": "motion clips",
          "version": %d,
          "seed": %d,
          "clips": %d,
          "frames": %d,
          "size": %d
        }
        """
        .formatted(MotionClips.VERSION, set.seed(), set.clips(), set.frames(), set.size());
  }

  private void requireSameSet(Path marker) throws IOException {
    String found = Files.readString(marker);
    if (!found.equals(marker())) {
      throw new IOException(
          "%s holds another set of motion clips: found %s, wanted %s; choose another folder or delete it"
              .formatted(folder, oneLine(found), oneLine(marker())));
    }
  }

  private static String oneLine(String json) {
    return json.strip().replaceAll("\\s+", " ");
  }

  private void requireEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      Optional<Path> stranger = entries.findFirst();
      if (stranger.isPresent()) {
        throw new IOException(
            "%s holds something else than motion clips, such as %s; choose an empty folder"
                .formatted(folder, stranger.get().getFileName()));
      }
    }
  }

  private List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int number = 0; number < set.clips(); number++) {
      if (!Files.exists(folder.resolve(path(number)))) {
        missing.add(number);
      }
    }
    return missing;
  }

  /** Relative to the folder, with forward slashes on every system. */
  private String path(int number) {
    String label = set.motion(number).label();
    return "%s/%s_%03d.mp4".formatted(label, label, numberInClass(number));
  }

  private static int numberInClass(int number) {
    return number / MotionClips.CLASSES.size();
  }

  private void writeClips(List<Integer> numbers, IntConsumer progress)
      throws IOException, InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      CompletionService<Integer> written = new ExecutorCompletionService<>(workers);
      for (int number : numbers) {
        written.submit(() -> write(number));
      }
      int done = set.clips() - numbers.size();
      for (int i = 0; i < numbers.size(); i++) {
        written.take().get();
        progress.accept(++done);
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(
          "a motion clip could not be painted: " + failure.getCause(), failure);
    } finally {
      workers.shutdownNow();
      workers.awaitTermination(1, TimeUnit.MINUTES); // the clip at hand is written to its end
    }
  }

  private int write(int number) throws IOException {
    VideoWriter.save(
        folder.resolve(path(number)), set.paint(number), EncodeOptions.DEFAULT.withFps(FPS));
    return number;
  }

  private void writeLists() throws IOException {
    Files.write(
        folder.resolve("classes.txt"), MotionClips.CLASSES.stream().map(Motion::label).toList());
    for (Split split : Split.values()) {
      Files.write(
          folder.resolve(split.name().toLowerCase(Locale.ROOT) + ".csv"),
          of(EnumSet.of(split)).stream()
              .map(number -> path(number) + " " + set.label(number))
              .toList());
    }
    Files.write(
        folder.resolve("pretrain.txt"),
        of(EnumSet.of(Split.TRAIN, Split.VAL)).stream().map(this::path).toList());
  }

  private List<Integer> of(EnumSet<Split> splits) {
    return IntStream.range(0, set.clips())
        .filter(number -> splits.contains(Split.of(numberInClass(number))))
        .boxed()
        .toList();
  }
}

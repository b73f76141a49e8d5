package io.tubelet.measure;

import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The user's own files.
 *
 * @param source a folder, a list, shards, or one video
 * @param most how many of them are read; where there are more, evenly spread ones
 */
public record GivenFilms(Path source, int most) implements Films {
  public GivenFilms {
    OptionChecks.requireAtLeast("files", most, 1);
  }

  @Override
  public String name() {
    return String.valueOf(source.getFileName());
  }

  @Override
  public List<Path> files() throws IOException {
    List<Entry> entries = Manifest.read(source).entries();
    int count = Math.min(most, entries.size());
    return IntStream.range(0, count)
        .mapToObj(i -> entries.get((int) ((long) i * entries.size() / count)).file())
        .toList();
  }
}

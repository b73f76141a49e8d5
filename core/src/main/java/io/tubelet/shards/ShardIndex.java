package io.tubelet.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table beside a shard that says where its videos lie, so that a data set of thousands of them
 * is known without walking through it: {@code 000000.index.tsv} for {@code 000000.tar}.
 *
 * <pre>{@code
 * tubelet-shard-1 <tab> 268435456             the shard's own size
 * offset <tab> bytes <tab> label <tab> video
 * 512 <tab> 48200 <tab> 3 <tab> 000123.mp4    the label is empty where there is none
 * }</pre>
 */
final class ShardIndex {
  private static final String FORMAT = "tubelet-shard-1";
  private static final String HEAD = "offset\tbytes\tlabel\tvideo";
  private static final int COLUMNS = 4;

  private ShardIndex() {}

  /** Where the index of a shard lies. */
  static Path of(Path shard) {
    String name = String.valueOf(shard.getFileName());
    return shard.resolveSibling(
        name.substring(0, name.length() - Shard.EXTENSION.length()) + ".index.tsv");
  }

  static void write(Path shard, List<Sample> samples) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(FORMAT).append('\t').append(Files.size(shard)).append('\n');
    text.append(HEAD).append('\n');
    for (Sample s : samples) {
      String label = s.label() == null ? "" : s.label().toString();
      text.append("%d\t%d\t%s\t%s\n".formatted(s.offset(), s.bytes(), label, s.video()));
    }
    WholeFile.write(of(shard), text.toString().getBytes(UTF_8));
  }

  /** What the index says; null where there is none, or it is of another file than this one. */
  static @Nullable List<Sample> read(Path shard, long shardBytes) throws IOException {
    Path index = of(shard);
    if (!Files.isRegularFile(index)) {
      return null;
    }
    List<String> lines = new String(Files.readAllBytes(index), UTF_8).lines().toList();
    if (lines.size() < 2
        || !lines.get(0).equals(FORMAT + "\t" + shardBytes)
        || !lines.get(1).equals(HEAD)) {
      return null;
    }
    List<Sample> samples = new ArrayList<>(lines.size() - 2);
    for (String line : lines.subList(2, lines.size())) {
      Sample sample = sample(line, shardBytes);
      if (sample == null) {
        return null;
      }
      samples.add(sample);
    }
    return samples;
  }

  private static @Nullable Sample sample(String line, long shardBytes) {
    String[] fields = line.split("\t", COLUMNS);
    if (fields.length < COLUMNS
        || !fields[0].matches("\\d{1,18}")
        || !fields[1].matches("\\d{1,18}")
        || !fields[2].matches("\\d{0,9}")) {
      return null;
    }
    long offset = Long.parseLong(fields[0]);
    long bytes = Long.parseLong(fields[1]);
    Integer label = fields[2].isEmpty() ? null : Integer.valueOf(fields[2]);
    return offset + bytes <= shardBytes ? new Sample(fields[3], offset, bytes, label) : null;
  }
}

package io.tubelet.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples into shards of about one size: {@code 000000.tar, 000001.tar, ...}, each with its
 * index. A shard appears when it is complete; one that was begun is deleted by {@link #close}.
 *
 * <p>Samples are numbered through all shards, so that their keys are unique.
 */
public final class ShardWriter implements AutoCloseable {
  private final Path folder;
  private final long shardBytes;
  private final List<Path> shards = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>(); // of the shard being written
  private @Nullable TarWriter tar;
  private long written;

  /**
   * Writes nothing yet.
   *
   * @param folder exists and holds no shards
   * @param shardBytes a shard is begun when the next sample would make the last one larger; a
   *     sample that is larger by itself has a shard of its own
   * @throws ShardException when the folder holds shards already
   */
  public ShardWriter(Path folder, long shardBytes) throws IOException {
    if (shardBytes < 1) {
      throw new IllegalArgumentException("shard-size must be at least 1 byte, got " + shardBytes);
    }
    List<Path> there = ShardFolder.shards(folder);
    if (!there.isEmpty()) {
      throw new ShardException(
          folder,
          "holds %d shards already, among them %s; give an empty folder"
              .formatted(there.size(), there.get(0).getFileName()));
    }
    this.folder = folder;
    this.shardBytes = shardBytes;
  }

  /**
   * Appends a sample.
   *
   * @param video its content
   * @param extension of the video's member, such as {@code mp4}
   * @param label its class, null for none
   * @param json what else is known of it, an object
   */
  public void add(ByteRange video, String extension, @Nullable Integer label, String json)
      throws IOException {
    String key = String.format(Locale.ROOT, "%06d", written);
    byte[] facts = json.getBytes(UTF_8);
    TarWriter into = tar;
    if (into == null || into.position() + needed(video, facts) > shardBytes) {
      finishShard();
      into = new TarWriter(next());
      tar = into;
    }
    TarMember member = into.add(key + "." + extension, video);
    if (label != null) {
      into.add(key + ".cls", label.toString().getBytes(UTF_8));
    }
    into.add(key + ".json", facts);
    samples.add(new Sample(member.name(), member.offset(), member.bytes(), label));
    written++;
  }

  /** Completes the last shard; returns all, in order. */
  public List<Path> finish() throws IOException {
    finishShard();
    return List.copyOf(shards);
  }

  private Path next() {
    Path shard =
        folder.resolve(String.format(Locale.ROOT, "%06d%s", shards.size(), Shard.EXTENSION));
    shards.add(shard);
    return shard;
  }

  private void finishShard() throws IOException {
    if (tar != null) {
      tar.finish();
      tar = null;
      ShardIndex.write(shards.get(shards.size() - 1), samples);
      samples.clear();
    }
  }

  /** With three headers, the label and the end mark. */
  private static long needed(ByteRange video, byte[] facts) {
    return TarHeader.padded(video.bytes()) + TarHeader.padded(facts.length) + 6L * TarHeader.BLOCK;
  }

  /** Deletes all that was written, for a packing that is given up. */
  public void discard() throws IOException {
    close();
    for (Path shard : shards) {
      Files.deleteIfExists(shard);
      Files.deleteIfExists(ShardIndex.of(shard));
    }
  }

  @Override
  public void close() throws IOException {
    if (tar != null) {
      tar.close();
      tar = null;
    }
  }
}

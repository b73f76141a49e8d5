package io.tubelet.shards;

import io.tubelet.file.VideoName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The videos of one tar file. */
public final class Shard {
  /** How a shard's file is called. */
  public static final String EXTENSION = ".tar";

  /**
   * What has been read in this process. Videos are opened one by one, and a shard holds thousands:
   * its directory is read once, and again only when the file has changed.
   */
  private static final ConcurrentMap<Path, Shard> READ = new ConcurrentHashMap<>();

  private final Path file;
  private final long bytes;
  private final FileTime modified;
  private final List<Sample> samples;
  private final Map<String, Sample> byVideo = new HashMap<>();

  private Shard(Path file, BasicFileAttributes found, List<Sample> samples) {
    this.file = file;
    this.bytes = found.size();
    this.modified = found.lastModifiedTime();
    this.samples = List.copyOf(samples);
    samples.forEach(sample -> byVideo.put(sample.video(), sample));
  }

  /**
   * The shard in this file, by its index where that fits, else by walking through it.
   *
   * @throws ShardException when it is no tar, or damaged: naming the file and the byte
   */
  public static Shard read(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    Shard known = READ.get(file);
    if (known != null
        && known.bytes == found.size()
        && known.modified.equals(found.lastModifiedTime())) {
      return known;
    }
    List<Sample> indexed = ShardIndex.read(file, found.size());
    Shard shard = new Shard(file, found, indexed == null ? walk(file) : indexed);
    READ.put(file, shard);
    return shard;
  }

  /** Whether a path is called like a shard. */
  public static boolean isShard(Path path) {
    return String.valueOf(path.getFileName()).endsWith(EXTENSION);
  }

  /** The shard into which a path leads; null where it leads into none. */
  static @Nullable Path holding(Path path) {
    for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
      if (isShard(folder) && Files.isRegularFile(folder)) {
        return folder;
      }
    }
    return null;
  }

  /** The videos, in the order in which they are stored. */
  public List<Sample> samples() {
    return samples;
  }

  /** Where the video in the member of this name lies. */
  Optional<ByteRange> find(String video) {
    return Optional.ofNullable(byVideo.get(video))
        .map(sample -> new ByteRange(file, sample.offset(), sample.bytes()));
  }

  /** Members that share a key stand next to each other, the label before or behind the video. */
  private static List<Sample> walk(Path file) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (TarReader tar = new TarReader(file)) {
      List<TarMember> videos = new ArrayList<>();
      Integer label = null;
      String key = "";
      for (TarMember member = tar.next(); member != null; member = tar.next()) {
        if (!Sample.key(member.name()).equals(key)) {
          add(samples, videos, label);
          videos.clear();
          label = null;
          key = Sample.key(member.name());
        }
        if (VideoName.is(member.name())) {
          videos.add(member);
        } else if (member.name().equals(key + ".cls")) {
          label = label(file, tar, member);
        }
      }
      add(samples, videos, label);
    }
    return samples;
  }

  private static void add(List<Sample> samples, List<TarMember> videos, @Nullable Integer label) {
    for (TarMember video : videos) {
      samples.add(new Sample(video.name(), video.offset(), video.bytes(), label));
    }
  }

  private static Integer label(Path file, TarReader tar, TarMember member) throws IOException {
    String text = tar.text(member).strip();
    if (!text.matches("\\d{1,9}")) {
      throw new ShardException(
          file,
          member.offset(),
          "%s must hold the number of a class, got '%s'".formatted(member.name(), text));
    }
    return Integer.valueOf(text);
  }
}

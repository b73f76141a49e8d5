package io.tubelet.curate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.data.DataException;
import io.tubelet.data.Quarantine;
import io.tubelet.dataset.ClassNames;
import io.tubelet.shards.ByteRange;
import io.tubelet.shards.ShardWriter;
import io.tubelet.video.StoredVideo;
import io.tubelet.video.VideoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Videos put into shards as they are, each with its label and what is known of it:
 *
 * <pre>{@code
 * 000123.json   {"name": "run/a.mp4", "label": 3, "class": "run", "frames": 40,
 *                "width": 320, "height": 240, "fps": 25.0, "codec": "h264"}
 * }</pre>
 *
 * @param packed videos in the shards
 * @param shards written, in order; empty where it was stopped
 * @param broken name and reason of videos that were left out
 */
public record Packing(int packed, List<Path> shards, Map<String, String> broken) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How shards are filled.
   *
   * @param shardBytes largest size of one
   * @param shuffled whether videos are put in an order drawn from the seed: neighbours in a list
   *     are often of one class, and reading shards mixes neighbours only so far
   * @param seed of that order
   */
  public record Options(long shardBytes, boolean shuffled, long seed) {}

  /** What is in a folder before videos are packed into it. */
  public enum Earlier {
    /** No shards, or those of a packing that was killed, which are removed and made anew. */
    NONE,
    /** Finished shards of the same videos, packed in the same way. */
    SAME,
    /** Shards of other videos, or packed otherwise. */
    OTHER
  }

  /** What an earlier packing has left in {@code out} that {@link #of} would begin with. */
  public static Earlier earlier(List<ListedVideo> videos, Path out, Options options)
      throws IOException {
    return PackingNote.of(videos, options).in(out);
  }

  /**
   * Packs {@code videos}; a video without packets is left out and named.
   *
   * @param source what the videos were listed in; the names of its classes are copied
   * @param out holds no shards yet, but for those of a packing that was killed; made where it is
   *     missing
   * @param stop asked before each video; when it says yes, everything written so far is removed
   * @throws DataException when no video could be packed
   */
  public static Packing of(
      List<ListedVideo> videos,
      Path source,
      Path out,
      Options options,
      BooleanSupplier stop,
      LongConsumer progress)
      throws IOException {
    Files.createDirectories(out);
    PackingNote note = PackingNote.of(videos, options);
    PackingNote.removeUnfinished(out);
    Map<String, String> broken = new TreeMap<>();
    int packed = 0;
    try (ShardWriter writer = new ShardWriter(out, options.shardBytes())) {
      note.begin(out);
      ClassNames classes = classes(source);
      long done = 0;
      for (ListedVideo video : ordered(videos, options)) {
        if (stop.getAsBoolean()) {
          writer.discard();
          PackingNote.remove(out);
          return new Packing(0, List.of(), broken);
        }
        String fault = add(video, classes, writer);
        if (fault == null) {
          packed++;
        } else {
          broken.put(video.name(), fault);
        }
        progress.accept(++done);
      }
      Quarantine.write(out.resolve("quarantine.tsv"), broken);
      if (packed == 0) {
        PackingNote.remove(out);
        throw new DataException(
            "%s: none of %d videos could be packed; %s has the reasons"
                .formatted(source, videos.size(), out.resolve("quarantine.tsv")));
      }
      WrittenList.copyClasses(source, out);
      List<Path> shards = writer.finish();
      note.finish(out);
      return new Packing(packed, shards, broken);
    }
  }

  private static @Nullable ClassNames classes(Path source) throws IOException {
    Path names = WrittenList.classesOf(source);
    return names == null ? null : ClassNames.read(names);
  }

  private static List<ListedVideo> ordered(List<ListedVideo> videos, Options options) {
    List<ListedVideo> order = new ArrayList<>(videos);
    if (options.shuffled()) {
      SplittableRandom rng = new SplittableRandom(options.seed());
      for (int i = order.size() - 1; i > 0; i--) {
        Collections.swap(order, i, rng.nextInt(i + 1));
      }
    }
    return order;
  }

  /** What is wrong with the video; null where it is packed. */
  private static @Nullable String add(
      ListedVideo video, @Nullable ClassNames classes, ShardWriter writer) throws IOException {
    Path file = video.file();
    if (file == null) {
      return "no such file";
    }
    Optional<ByteRange> content = ByteRange.of(file);
    if (content.isEmpty()) {
      return "is a folder of pictures; 'tubelet data prepare' makes a file of it";
    }
    StoredVideo stored;
    try {
      stored = StoredVideo.of(file);
    } catch (VideoException e) {
      return e.reason();
    }
    String name = String.valueOf(file.getFileName());
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    writer.add(content.get(), extension, video.label(), json(video, stored, classes));
    return null;
  }

  private static String json(ListedVideo video, StoredVideo stored, @Nullable ClassNames classes) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", video.name());
    Integer label = video.label();
    if (label != null) {
      json.put("label", label);
      if (classes != null && label < classes.size()) {
        json.put("class", classes.name(label));
      }
    }
    json.put("frames", stored.packets());
    json.put("width", stored.width()).put("height", stored.height());
    json.put("fps", stored.fps());
    json.put("codec", stored.codec());
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }
}

package io.tubelet.curate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tubelet.file.Sha256;
import io.tubelet.file.WholeFile;
import io.tubelet.shards.ByteRange;
import io.tubelet.shards.ShardFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The note beside shards of what is packed in them, {@code packing.json}: by it a packing that was
 * killed is told from a finished one, and one of the same videos from one of others.
 *
 * @param digest SHA-256 over names, labels, sizes and times of change of the videos, and over how
 *     they are packed, in hexadecimal
 */
record PackingNote(String digest) {
  private static final String FILE = "packing.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  static PackingNote of(List<ListedVideo> videos, Packing.Options options) throws IOException {
    Sha256 sha = new Sha256();
    sha.add(UTF_8.encode(options + "\n"));
    for (ListedVideo video : videos) {
      sha.add(UTF_8.encode(video.name() + '\t' + video.label() + '\t' + stamp(video) + '\n'));
    }
    return new PackingNote(sha.hex());
  }

  private static String stamp(ListedVideo video) throws IOException {
    Path file = video.file();
    Optional<ByteRange> content = file == null ? Optional.empty() : ByteRange.of(file);
    if (content.isEmpty()) {
      return "none"; // missing, or a folder, which is not packed
    }
    Path changed = content.get().file();
    return content.get().bytes() + "\t" + Files.getLastModifiedTime(changed).toMillis();
  }

  /** What an earlier packing has left in a folder. */
  Packing.Earlier in(Path folder) throws IOException {
    JsonNode note = read(folder);
    if (note.path("finished").asBoolean()) {
      return note.path("digest").asText().equals(digest)
          ? Packing.Earlier.SAME
          : Packing.Earlier.OTHER;
    }
    return note.isMissingNode() && Files.isDirectory(folder) && !ShardFolder.find(folder).isEmpty()
        ? Packing.Earlier.OTHER
        : Packing.Earlier.NONE;
  }

  /** Removes what a packing has left that did not come to its end, if that is what is there. */
  static void removeUnfinished(Path folder) throws IOException {
    JsonNode note = read(folder);
    if (note.isMissingNode() || note.path("finished").asBoolean()) {
      return;
    }
    ShardFolder.clear(folder);
    remove(folder);
  }

  void begin(Path folder) throws IOException {
    write(folder, false);
  }

  void finish(Path folder) throws IOException {
    write(folder, true);
  }

  static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  private void write(Path folder, boolean finished) throws IOException {
    JsonNode note = JSON.createObjectNode().put("digest", digest).put("finished", finished);
    WholeFile.write(folder.resolve(FILE), JSON.writeValueAsBytes(note));
  }

  /** A missing node where there is no note that can be read. */
  private static JsonNode read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException notOurs) {
      return MissingNode.getInstance();
    }
  }
}

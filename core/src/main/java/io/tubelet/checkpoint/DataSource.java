package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A set of videos, named by its content.
 *
 * @param digest of the list of videos
 * @param videos how many it holds
 */
public record DataSource(String digest, long videos) {

  public DataSource {
    if (videos < 0) {
      throw new IllegalArgumentException("videos must not be negative, got " + videos);
    }
  }

  @Override
  public String toString() {
    return "%d videos, digest %s".formatted(videos, digest);
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance.objectNode().put("digest", digest).put("videos", videos);
  }

  static DataSource read(JsonFile json) throws CheckpointException {
    return new DataSource(json.string("digest"), json.whole("videos"));
  }
}

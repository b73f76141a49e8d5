package io.tubelet.shards;

import org.jspecify.annotations.Nullable;

/**
 * One video of a shard. Members whose names are the same up to the first dot of the last part
 * belong together; the label is what the member {@code .cls} of the same key says.
 *
 * @param video name of the member that holds the video
 * @param offset of its first byte in the shard
 * @param bytes of it
 * @param label null where the sample has none
 */
public record Sample(String video, long offset, long bytes, @Nullable Integer label) {

  /** The part of a member's name that all members of a sample share. */
  static String key(String member) {
    int last = member.lastIndexOf('/') + 1;
    int dot = member.indexOf('.', last);
    return dot < 0 ? member : member.substring(0, dot);
  }
}

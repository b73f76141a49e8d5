package io.tubelet.shards;

import java.io.IOException;
import java.nio.file.Path;

/** A shard that cannot be used; the message names the file and, where there is one, the byte. */
public final class ShardException extends IOException {
  private static final long serialVersionUID = 1L;

  ShardException(Path shard, String reason) {
    super(shard + ": " + reason);
  }

  ShardException(Path shard, long offset, String reason) {
    super("%s, at byte %d: %s".formatted(shard, offset, reason));
  }
}

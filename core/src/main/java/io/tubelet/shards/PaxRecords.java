package io.tubelet.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What an extended header of POSIX.1-2001 says of the member behind it: {@code "27
 * path=a/long/name.mp4\n"} and the like, each with its own length first.
 *
 * @param path the name, null where none is said
 * @param size in bytes, -1 where none is said
 */
record PaxRecords(@Nullable String path, long size) {

  /** Reads the content of such a header; what cannot be understood is passed over. */
  static PaxRecords parse(String text) {
    byte[] all = text.getBytes(UTF_8); // lengths count bytes
    String path = null;
    long size = -1;
    for (int at = 0; at < all.length; ) {
      int blank = at;
      while (blank < all.length && all[blank] != ' ') {
        blank++;
      }
      String digits = new String(all, at, blank - at, UTF_8);
      int length = digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : 0;
      if (length <= blank - at + 1 || at + length > all.length) {
        break;
      }
      String record = new String(all, blank + 1, at + length - blank - 2, UTF_8);
      if (record.startsWith("path=")) {
        path = record.substring("path=".length());
      } else if (record.matches("size=\\d{1,18}")) {
        size = Long.parseLong(record.substring("size=".length()));
      }
      at += length;
    }
    return new PaxRecords(path, size);
  }
}

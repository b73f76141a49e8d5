package io.tubelet.shards;

/**
 * A file inside a tar file.
 *
 * @param name with {@code /} between its parts
 * @param offset of its first byte in the tar file
 * @param bytes of its content
 */
record TarMember(String name, long offset, long bytes) {}

package io.tubelet.pickle;

/** A run of bytes in a file, known to lie inside it. */
record Extent(long offset, long bytes) {}

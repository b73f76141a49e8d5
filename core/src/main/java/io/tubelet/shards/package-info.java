/**
 * Shards: many videos in a few standard tar files, as WebDataset lays them out, so that a data set
 * is read from disk or from mounted object storage in long sequential stretches.
 *
 * <pre>{@code
 * 000000.tar        000123.mp4  000123.cls  000123.json   a sample: members that share a key
 *                   000124.mp4  000124.cls  000124.json
 * 000000.index.tsv  where each video lies in 000000.tar, and its label
 * }</pre>
 *
 * <p>A path into a shard, such as {@code shards/000000.tar/000123.mp4}, names a video as a path
 * into a folder does; {@link io.tubelet.shards.ByteRange} says where its bytes are. The index is a
 * convenience: without it, or where it does not fit its shard, the tar's own headers are walked.
 * Nothing is unpacked.
 */
@NullMarked
package io.tubelet.shards;

import org.jspecify.annotations.NullMarked;

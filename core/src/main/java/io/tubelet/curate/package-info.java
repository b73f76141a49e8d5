/**
 * A data set made fit for training, before anything is trained.
 *
 * <pre>{@code
 * folders --> VideoFolderList   a list, with labels where folders are classes
 * list -----> GroupSplit        lists that share no source
 *        +--> Verification      every frame decoded: what is broken, what is there twice
 *        +--> DataStatistics    lengths, sizes, codecs, key frames
 *        +--> Preparation       re-encoded: small, without sound, with many key frames
 *        +--> Packing           tar shards
 * }</pre>
 *
 * <p>Everything here reads lists as training does, names what it cannot read instead of stopping at
 * it, gives the same result with any number of workers, and never writes over the output of an
 * earlier run.
 */
@NullMarked
package io.tubelet.curate;

import org.jspecify.annotations.NullMarked;

/**
 * From a folder or a list of videos to an endless stream of batches.
 *
 * <pre>{@code
 * Manifest --> VideoOrder --> workers: FrameCache / VideoReader --> ClipMaker --> Batch
 *              (a seeded          each frame decoded once, into
 *              permutation        the R clips that show it
 *              a pass)
 * video --> ViewMaker --> all views of a test        (nothing is drawn)
 * }</pre>
 *
 * <p>Everything random comes from {@link io.tubelet.data.Seeds}, a stream for each purpose, pass
 * and sample, so a batch depends on the seed and on its place alone: not on the number of workers,
 * nor on what is cached, nor on whether the run was stopped and resumed at a {@link
 * io.tubelet.data.Cursor}. A file that cannot be read is named in {@link
 * io.tubelet.data.Quarantine}, and the next video takes its place; past a stated share the run
 * fails. Threads exchange bytes; no tensor is made here.
 */
@NullMarked
package io.tubelet.data;

import org.jspecify.annotations.NullMarked;

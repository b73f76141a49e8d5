/**
 * From a video file to frames, and back.
 *
 * <pre>{@code  file --> demux --> decode --> rotate, scale --> Frames [T, H, W, 3] uint8  }</pre>
 *
 * <p>The only chapter that knows FFmpeg. Frames are numbered in presentation order from zero, over
 * what a full sequential decode gives; seeking goes to the key frame before the first wanted one.
 * The pass that makes this possible is made once a file and its result kept on disk. Files are not
 * trusted: what reading one may cost is bounded ({@link io.tubelet.video.OpenOptions}). Nothing
 * here makes a tensor.
 */
@NullMarked
package io.tubelet.video;

import org.jspecify.annotations.NullMarked;

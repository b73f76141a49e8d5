/**
 * From a video file to frames, and back.
 *
 * <pre>{@code  file --> demux --> decode --> rotate, scale --> Frames [T, H, W, 3] uint8  }</pre>
 *
 * <p>The only chapter that knows FFmpeg. Frames are numbered in presentation order from zero, over
 * what a full sequential decode gives; seeking goes to the key frame before the first wanted one.
 * Nothing here makes a tensor.
 */
@NullMarked
package io.tubelet.video;

import org.jspecify.annotations.NullMarked;

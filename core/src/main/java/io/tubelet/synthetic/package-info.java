/**
 * A small labelled video data set out of nothing: shapes that move over a moving background.
 *
 * <p>The <em>motion</em> is the label; shape, texture, colours, size, pace, start and background
 * are drawn without looking at it, so that a single frame says nothing of the class. The clips are
 * real compressed video and are read back like anybody's.
 *
 * <pre>{@code  seed, number --> Scene --> Frames --> VideoWriter --> class/class_nnn.mp4 + lists}
 * </pre>
 */
@NullMarked
package io.tubelet.synthetic;

import org.jspecify.annotations.NullMarked;

/**
 * Files that appear whole, how their content is recognised again, and which of them are videos.
 *
 * <p>A run may be killed at any moment. Whatever it rewrites goes through {@link
 * io.tubelet.file.WholeFile}, so that a reader meets the old content or the new. Checkpoints have
 * their own writer, whose every step can be made to fail in a test; videos are written by FFmpeg
 * and renamed by {@code video}.
 */
@NullMarked
package io.tubelet.file;

import org.jspecify.annotations.NullMarked;

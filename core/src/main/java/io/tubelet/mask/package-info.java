/**
 * Which tokens of a clip the encoder sees, and which the decoder predicts.
 *
 * <p>A new way of masking is one new record here and one word in {@code permits} of {@link
 * io.tubelet.mask.Masking}. Plain Java: no native library.
 */
@NullMarked
package io.tubelet.mask;

import org.jspecify.annotations.NullMarked;

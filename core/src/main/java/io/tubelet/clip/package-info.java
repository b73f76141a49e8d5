/**
 * Sizes, places and pixels as plain values: what every other chapter may speak of.
 *
 * <p>Nothing here touches a native library; tests of this chapter run in milliseconds.
 */
@NullMarked
package io.tubelet.clip;

import org.jspecify.annotations.NullMarked;

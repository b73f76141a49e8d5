/**
 * What this computer is, whether the native libraries can be loaded on it and what they make of it:
 * asked by {@code doctor}. A run asks only for its resident memory, and the command line for the
 * version.
 */
@NullMarked
package io.tubelet.machine;

import org.jspecify.annotations.NullMarked;

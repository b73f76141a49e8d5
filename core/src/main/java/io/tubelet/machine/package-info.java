/**
 * What this computer is, what the native libraries must be told before they are loaded on it,
 * whether they can be and what they make of it: asked by {@code doctor}. A run asks only for its
 * resident memory, and the command line for the version.
 */
@NullMarked
package io.tubelet.machine;

import org.jspecify.annotations.NullMarked;

/**
 * What this computer is and what the native libraries make of it: read by {@code doctor}, by the
 * plan of a run and by its provenance.
 */
@NullMarked
package io.tubelet.machine;

import org.jspecify.annotations.NullMarked;

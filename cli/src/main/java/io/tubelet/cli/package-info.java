/**
 * The {@code tubelet} command: each command resolves a plan, shows it, and calls the library.
 *
 * <p>Only this module prints, only this module exits, and it alone brings native libraries and a
 * logging backend.
 */
@NullMarked
package io.tubelet.cli;

import org.jspecify.annotations.NullMarked;

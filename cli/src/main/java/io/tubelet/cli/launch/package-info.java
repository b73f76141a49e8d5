/**
 * Starts the ranks of a distributed run as processes, watches them, and ends or restarts them
 * together.
 */
@NullMarked
package io.tubelet.cli.launch;

import org.jspecify.annotations.NullMarked;

/**
 * The loop, what it learns, and where a run stands.
 *
 * <pre>{@code
 * batch --> task.loss --> backward --> (accumulate) --> AdamW --> listeners, checkpoints
 * }</pre>
 *
 * <p>{@link io.tubelet.train.Trainer} is one screen; what is learnt is a {@link
 * io.tubelet.train.Task} of a few lines; saving and showing are listeners.
 */
@NullMarked
package io.tubelet.train;

import org.jspecify.annotations.NullMarked;

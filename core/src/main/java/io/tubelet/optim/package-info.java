/**
 * Learning rates, parameter groups and the update.
 *
 * <p>Schedules are pure functions of the step. Parameters live in a few flat buffers, so that an
 * update is a handful of long operations and distributed training can reduce them as they are.
 */
@NullMarked
package io.tubelet.optim;

import org.jspecify.annotations.NullMarked;

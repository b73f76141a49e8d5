/**
 * PyTorch's files without Python: read without running anything, written so that Python opens them.
 *
 * <p>A {@code .pth} file is a small program for Python's unpickling machine, which may name any
 * function on the reader's computer and have it called. Here the same machine has no functions: a
 * name becomes an inert value, the few that PyTorch itself writes are understood, and any other is
 * refused by name.
 *
 * <pre>{@code
 * file --> zip or legacy container --> pickle --> maps, lists, numbers, text
 *                   |                                     + TensorLayout
 *                   +--> storages: where the numbers lie -----> Tensor, mapped from the file
 * }</pre>
 *
 * <p>Nothing in the file is believed: each size, stride and offset is checked against the storage
 * and each storage against the file before a tensor is made, and depth, counts and lengths are
 * bounded by {@link io.tubelet.pickle.PickleLimits}.
 */
@NullMarked
package io.tubelet.pickle;

import org.jspecify.annotations.NullMarked;

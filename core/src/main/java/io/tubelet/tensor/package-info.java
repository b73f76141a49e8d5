/**
 * The seam to libtorch: lifetimes, shapes, devices and number formats.
 *
 * <p>{@code org.bytedeco.pytorch.Tensor} is our tensor; nothing here wraps its operations.
 */
@NullMarked
package io.tubelet.tensor;

import org.jspecify.annotations.NullMarked;

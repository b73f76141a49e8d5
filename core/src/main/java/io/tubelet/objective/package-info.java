/**
 * What is predicted and how it is scored.
 *
 * <p>Targets are made for hidden tokens only: of 1568 tokens the visible tenth never becomes a
 * float here.
 */
@NullMarked
package io.tubelet.objective;

import org.jspecify.annotations.NullMarked;

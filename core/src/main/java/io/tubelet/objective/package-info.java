/**
 * What is predicted and how it is scored.
 *
 * <p>Targets are made for hidden tokens only: of 1568 tokens the visible tenth never becomes a
 * float here. A {@link io.tubelet.objective.Target} is what a recipe says, {@link
 * io.tubelet.objective.TargetValues} what computes it, {@link io.tubelet.objective.Loss} the score.
 * A classifier is scored against labels, or against what mixing its clips makes of them; both are
 * drawn elsewhere and applied here, to normalised pixels.
 */
@NullMarked
package io.tubelet.objective;

import org.jspecify.annotations.NullMarked;

/**
 * How long an update of pre-training takes, where its time and memory go, and how that compares
 * with the work it does: {@code tubelet bench step}.
 *
 * <pre>{@code
 * StepCase --> PretrainStep --update--> StepTiming --+
 *  (what)      (the trainer's, on       (spans of    +--> StepResult --> StepTable    for a person
 *               random bytes)            its phases) |                   StepJson     for programs
 *                                       MatrixRate -+                   StepPicture  PNG
 *                                       peak memory -+                   ChromeTrace  spans of threads
 * }</pre>
 *
 * <p>The update is the one of {@link io.tubelet.train.Trainer}, made of the same parts: replicas,
 * their gradients, the fused optimizer. Only loading is missing, as the clips are random bytes.
 */
@NullMarked
package io.tubelet.measure;

import org.jspecify.annotations.NullMarked;

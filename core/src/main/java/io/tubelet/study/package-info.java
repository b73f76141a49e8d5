/**
 * Studies: the same training with one thing changed at a time, several seeds of each, and what came
 * of it as the tables that papers print.
 *
 * <p>A {@link io.tubelet.study.StudyConfig} lists the rows; each row with each seed is a {@link
 * io.tubelet.study.Trial}: pre-trained, probed and fine-tuned in a folder of its own. {@link
 * io.tubelet.study.Study} goes through them, one seed of all rows before the next seed, so that a
 * study that runs out of time still compares what it has. What is done is never done again.
 */
@NullMarked
package io.tubelet.study;

import org.jspecify.annotations.NullMarked;

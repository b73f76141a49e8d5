/**
 * What a run says about itself: while it runs, and afterwards.
 *
 * <pre>{@code
 *                    +--> MetricsLog         metrics.jsonl, cut and continued on resume
 * StepReport --------+--> TensorBoardWriter  events.out.tfevents.*
 *  (one a reported   +--> ProgressLine       text for a terminal
 *   step)            +--> RunSummary --> HtmlReport   one self-contained page
 * }</pre>
 *
 * <p>The trainer makes one {@link io.tubelet.report.StepReport} and gives the same value to every
 * {@link io.tubelet.report.StepSink}. Plain Java: no tensors, no native library, and no fonts, so
 * it also works where only a bare JDK is installed.
 */
@NullMarked
package io.tubelet.report;

import org.jspecify.annotations.NullMarked;

/**
 * What a run says about itself: while it runs, and afterwards.
 *
 * <pre>{@code
 * StepReport ---+--> MetricsLog         metrics.jsonl, cut and continued on resume
 *  (one a       +--> TensorBoardWriter  events.out.tfevents.*
 *   reported    +--> ProgressLine       text for a terminal
 *   step)       +--> RunSummary ------> HtmlReport      the page of a pre-training run
 *               +--> FineTuneSummary -> FineTuneReport  the page of a classifier's training
 *                          ^
 * Validation ---+----------+
 *  (now and     +--> ValidationLog      validation.jsonl, likewise
 *   then)       +--> TensorBoardWriter
 *
 * ShownEvaluation -> EvaluationSummary -> EvaluationReport
 *                                       evaluation.json, predictions.jsonl, evaluation.html
 * }</pre>
 *
 * <p>Each page is one self-contained file; they share their sections, so a tested run's page holds
 * what the page of its evaluation does.
 *
 * <p>The trainer makes one {@link io.tubelet.report.StepReport} and gives the same value to every
 * {@link io.tubelet.report.StepSink}. Plain Java: no tensors, no native library, and no fonts, so
 * it also works where only a bare JDK is installed.
 */
@NullMarked
package io.tubelet.report;

import org.jspecify.annotations.NullMarked;

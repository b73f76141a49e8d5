/**
 * A run from recipe to report: resolves the plan, wires the parts, keeps the folder.
 *
 * <p>What a run's folder holds:
 *
 * <pre>{@code
 * config.yaml           the full resolved configuration
 * step-00001234/        a checkpoint: model.safetensors, optimizer.safetensors, state.json
 * metrics.jsonl         one line a report
 * events.out.tfevents.* the same for TensorBoard
 * quarantine.tsv        videos that could not be read, with the reason
 * report.html           all of it on one page, with reconstructions
 * }</pre>
 */
@NullMarked
package io.tubelet.run;

import org.jspecify.annotations.NullMarked;

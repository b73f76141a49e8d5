/**
 * What a run leaves behind, and how it comes back.
 *
 * <pre>{@code
 * run/
 *   step-00001234/
 *     model.safetensors       parameters; carries its configuration, usable alone
 *     optimizer.safetensors   moments
 *     state.json              provenance, progress, digests of the other two
 * }</pre>
 *
 * <p>A checkpoint is written under a hidden name, forced to the disk and renamed in one step, so
 * that a kill or a full disk at any moment leaves the earlier ones as they were. Everything read
 * here may be damaged or hostile: each failure is a {@link
 * io.tubelet.checkpoint.CheckpointException} that names the file and the tensor or field.
 */
@NullMarked
package io.tubelet.checkpoint;

import org.jspecify.annotations.NullMarked;

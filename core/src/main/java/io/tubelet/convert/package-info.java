/**
 * Weights in and out: what other programs saved becomes a model of ours, and ours goes back to
 * them.
 *
 * <pre>{@code
 * file --> RawWeights --> OfficialState --> Inference --> ForeignWeights --> StrictLoading --> model
 *          (container)    (whose names)     (which model)        |
 *                                                  WantedModel <-+--> Converter --> file
 *                                                 (another one)
 * }</pre>
 *
 * <p>Nothing is guessed in silence: whose names a file carries and how large its model is follows
 * from the tensors; what they do not tell is taken from what lies beside them, or asked for by
 * name. Every tensor is accounted for in a {@link io.tubelet.convert.LoadReport}.
 */
@NullMarked
package io.tubelet.convert;

import org.jspecify.annotations.NullMarked;

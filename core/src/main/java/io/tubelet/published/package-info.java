/**
 * The names and layouts under which both papers published their weights.
 *
 * <p>A table per source turns their state dict into our parameters and back, losslessly; the models
 * never learn of it. What a table does not know is refused by name.
 */
@NullMarked
package io.tubelet.published;

import org.jspecify.annotations.NullMarked;

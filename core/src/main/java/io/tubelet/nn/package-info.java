/**
 * Small layers with named parameters, from which both papers' networks are composed.
 *
 * <p>A layer declares its parameters and children once, in order; the names it gives them are the
 * names in a checkpoint. Shapes in comments: B clips, N tokens, D width, H heads, K = D/H.
 *
 * <p>Layers open no scopes, whoever loops does: among them only the stack of blocks. Parameters
 * outlive the scope they were made in and are freed by {@link io.tubelet.nn.Layer#close}.
 */
@NullMarked
package io.tubelet.nn;

import org.jspecify.annotations.NullMarked;

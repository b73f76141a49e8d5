/**
 * Labelled data sets, as their publishers lay them out.
 *
 * <pre>{@code
 * list or folder --> DataLayout --> clips listed: name, file or none, label --> LabelledVideos
 * class list -----> ClassNames ----------------------^                     (Manifest + ClassNames)
 * }</pre>
 *
 * <p>A new layout is one class that turns its files into a {@code Listing} and one constant of
 * {@link io.tubelet.dataset.DataLayout}. Everything that must hold of any data set is checked in
 * one place, {@link io.tubelet.dataset.LabelledVideos}: labels within the class list, no class
 * without a clip, no file missing unless that is allowed. Errors are one sentence with file and
 * line.
 */
@NullMarked
package io.tubelet.dataset;

import org.jspecify.annotations.NullMarked;

/**
 * What a frozen backbone's features are worth.
 *
 * <p>Features are computed once ({@link io.tubelet.probe.FeatureExtraction}), kept in a file that
 * knows which weights and which clips it came from, and read by small learners on top:
 *
 * <ul>
 *   <li>{@link io.tubelet.probe.LinearProbe}: stochastic gradient descent, as the papers do it;
 *   <li>{@link io.tubelet.probe.LogisticProbe}: the same model fitted to its optimum;
 *   <li>{@link io.tubelet.probe.KnnProbe}: nothing is learnt, the nearest training clips vote;
 *   <li>{@link io.tubelet.probe.AttentiveProbe}: one learnt query gathers from all tokens.
 * </ul>
 *
 * <p>All of them try several settings on the same features, choose by the validation clips, and
 * look at the test clips afterwards. {@link io.tubelet.probe.BackboneDigest} proves that the
 * backbone stayed as it was. Shapes in comments: n clips, V views, N tokens, D width, C classes, S
 * settings.
 */
@NullMarked
package io.tubelet.probe;

import org.jspecify.annotations.NullMarked;

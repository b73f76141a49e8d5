/**
 * How good a classifier is: from the scores of single views to the numbers of a results table.
 *
 * <pre>{@code
 * softmax of one view --> ViewScores --mean over a clip's views--> Prediction
 *                                                                     |  + name, label
 *                                                                     v
 * listed, missing, views, time ------> Evaluation <--------------- ClipResult
 *                                        |
 *                                        +--> Accuracy         top-1, top-5, 95 % interval
 *                                        +--> ClassAccuracy    each class by itself, and their mean
 *                                        +--> ConfusionMatrix  which class is taken for which
 *                                        +--> hardest clips    by log-loss
 *   several seeds or splits --> MeanAndSpread
 * }</pre>
 *
 * <p>The testing protocol of both papers: "Masked Autoencoders As Spatiotemporal Learners"
 * (https://arxiv.org/abs/2205.09113) and "VideoMAE" (https://arxiv.org/abs/2203.12602) score
 * several temporal windows and spatial crops of each clip and average their softmax. Plain numbers:
 * no tensors, no files, no videos. A clip takes 8 bytes a class: 20 000 clips of 400 classes come
 * to 64 MB.
 */
@NullMarked
package io.tubelet.evaluate;

import org.jspecify.annotations.NullMarked;

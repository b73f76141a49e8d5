/**
 * Which frames of a video make a clip.
 *
 * <pre>{@code
 * frames of the video, fps, random stream --> T frame numbers           training
 * frames of the video, fps, K             --> K x T frame numbers       test
 * }</pre>
 *
 * <p>Pure functions of numbers: no video is opened here. A new way of sampling is one new record
 * and one word in {@code permits} of {@link io.tubelet.sample.ClipSampling} or {@link
 * io.tubelet.sample.TestClips}.
 */
@NullMarked
package io.tubelet.sample;

import org.jspecify.annotations.NullMarked;

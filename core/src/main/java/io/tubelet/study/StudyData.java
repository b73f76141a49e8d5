package io.tubelet.study;

import io.tubelet.data.Manifest;
import io.tubelet.dataset.LabelledVideos;
import java.io.IOException;

/**
 * What a study learns from and is judged on.
 *
 * @param unlabelled videos for pre-training
 * @param train labelled videos to learn from
 * @param val labelled videos by which probes choose a setting
 * @param test labelled videos that judge; fine-tuning runs for a fixed time and chooses nothing
 */
public record StudyData(
    Manifest unlabelled, LabelledVideos train, LabelledVideos val, LabelledVideos test) {

  /**
   * With fewer videos to learn from; those that choose and judge stay.
   *
   * @param videos share of the unlabelled ones
   * @param labels share of the labelled training videos
   * @param seed of the choice
   */
  StudyData part(double videos, double labels, long seed) {
    return new StudyData(unlabelled.part(videos, seed), train.part(labels, seed), val, test);
  }

  /** Changes when any of the videos does. */
  String digest() throws IOException {
    return String.join(
        " ",
        unlabelled.digest(),
        train.manifest().digest(),
        val.manifest().digest(),
        test.manifest().digest());
  }
}

package io.tubelet.study;

import io.tubelet.report.ProgressLine;
import io.tubelet.report.StepSink;

/** Who watches a study. */
public interface StudyProgress {

  /** A trial begins: the {@code number}-th of {@code count}. */
  void trial(Trial trial, int number, int count);

  /** A training begins; whoever is told of its updates is closed at its end. */
  StepSink training(String stage, ProgressLine line);

  /** A trial is done. */
  void done(Trial trial, Outcome outcome);
}

package io.tubelet.train;

/** Whose shape the learning rate follows; both warm up linearly and fall with half a cosine. */
public enum ScheduleKind {
  /** On the fractional epoch, from exactly 0 (mae_st). */
  MAE_ST,
  /** On the step, the peak reached at the last warm-up step and held for one more (VideoMAE). */
  VIDEO_MAE
}

package io.tubelet.run;

/** What a sitting expects to find in its folder. */
public enum Start {
  /** Nothing of a run. */
  FRESH,
  /** A run to go on with. */
  RESUME,
  /** Either. */
  RESUME_IF_THERE
}

package io.tubelet.train;

/** Asks a run to save and leave after the step it is in. Any thread may ask. */
public final class StopSignal {
  private volatile boolean requested;

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}

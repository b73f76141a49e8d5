package io.tubelet.distributed;

/**
 * Brings the gradients of all ranks together: after {@link #finish}, each rank's are the mean of
 * all.
 */
public interface GradientSum extends AutoCloseable {

  /** Before the last backward pass of an update, on the thread that will go through it. */
  void begin();

  /** After that pass, on the thread that trains. */
  void finish();

  /** What a failure of that pass means: another one where it is due to other ranks. */
  default RuntimeException explained(RuntimeException failure) {
    return failure;
  }

  @Override
  void close();
}

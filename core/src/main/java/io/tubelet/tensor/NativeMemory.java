package io.tubelet.tensor;

import org.bytedeco.javacpp.Pointer;

/** The memory that tensors lie in. */
public final class NativeMemory {
  private NativeMemory() {}

  /**
   * Gives freed memory back to the system, which the allocator would keep for the next tensors.
   *
   * @return whether this system's allocator can
   */
  public static boolean giveBack() {
    return Pointer.trimMemory();
  }
}

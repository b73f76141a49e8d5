package io.tubelet.tensor;

import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;

/** The memory that tensors lie in, and whatever else is not on Java's heap. */
public final class NativeMemory {
  /** JavaCPP's own switch; the launcher sets it. */
  private static final String UNCOUNTED = "org.bytedeco.javacpp.nopointergc";

  private NativeMemory() {}

  /**
   * Native objects of all libraries that Java code holds; empty where they are not counted, which
   * {@code TUBELET_JAVA_OPTS=-Dorg.bytedeco.javacpp.nopointergc=false} changes.
   */
  public static OptionalLong objects() {
    return Boolean.getBoolean(UNCOUNTED)
        ? OptionalLong.empty()
        : OptionalLong.of(Pointer.totalCount());
  }

  /**
   * Gives freed memory back to the system, which the allocator would keep for the next tensors.
   *
   * @return whether this system's allocator can
   */
  public static boolean giveBack() {
    return Pointer.trimMemory();
  }
}
